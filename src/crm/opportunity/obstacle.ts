/** Why something that a stage wants was not agreed to yet. */

/** What stands in the way, and how one gets on. */
export interface Obstacle {
  /** One Chinese sentence without its full stop. */
  readonly text: string;
  /** Where one gets on, when there is a page of it; else the deal's. */
  readonly link: { readonly label: string; readonly path: string } | null;
  /** The one draft that is complete: what a tap can submit. */
  readonly draft: { readonly id: string; readonly version: number } | null;
}
