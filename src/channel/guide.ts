/** What a platform tells a colleague who meets us there: how customers' words arrive, and where our page is. */

export interface ChannelGuide {
  /** How people call the platform, Chinese. */
  readonly label: string;
  /** One way each, the one that costs nothing first; whole sentences, Chinese. */
  readonly wordsArrive: readonly string[];
  /** One sentence, Chinese; null where no page can be opened. */
  readonly openPage: string | null;
}
