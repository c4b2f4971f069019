/** A card as the core describes it; each adapter draws it with what its platform offers. */

export type CardTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export interface CardButton {
  readonly label: string;
  readonly style: 'primary' | 'default' | 'danger';
  /** Random key of the action row; carries no facts and no authority. At most 64 characters. */
  readonly actionKey: string;
  /** What it acts on, in few words: for platforms that gather all buttons at the foot of the card. */
  readonly about?: string;
  /** Asked before the tap counts. */
  readonly confirm?: string;
}

/** The way to a page of ours. It carries no authority: the page signs in by itself and looks at the rights. */
export interface CardLink {
  readonly label: string;
  /** Below the public URL, without a host, such as `/app/customers/1`. Without a public URL there is no link. */
  readonly path: string;
}

/** A place to type. */
export interface CardWords {
  readonly name: string;
  readonly placeholder: string;
  /** Characters; at most 1000. */
  readonly maxLength: number;
}

export type CardBlock =
  /** Plain words (never markup: adapters escape them). `emphasis` is the one line that matters. */
  | {
      readonly type: 'text';
      readonly text: string;
      readonly style?: 'normal' | 'emphasis' | 'muted';
      /** Where the line leads, shown beside it where the platform can. */
      readonly link?: CardLink;
    }
  | { readonly type: 'fields'; readonly fields: readonly { readonly label: string; readonly value: string }[] }
  /** Somebody's words, as evidence. */
  | { readonly type: 'quote'; readonly speaker: string; readonly text: string }
  | { readonly type: 'buttons'; readonly buttons: readonly CardButton[] }
  /** One choice from a list and a button that sends it; the tap carries `values[name]`. */
  | {
      readonly type: 'choice';
      readonly name: string;
      readonly placeholder: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly submit: CardButton;
      /** It may be sent without a choice. */
      readonly optional?: boolean;
      /** Stands for no choice where a client always has something chosen; the tap then carries no such value. */
      readonly none?: string;
      /** Words of one's own beside the choice, where there is a place to type: the tap carries `values[words.name]`. */
      readonly words?: CardWords;
      /** Stand before `submit` and send the same. */
      readonly beside?: readonly CardButton[];
    }
  | { readonly type: 'links'; readonly links: readonly CardLink[] }
  | { readonly type: 'divider' };

export interface Card {
  readonly title: string;
  readonly tone: CardTone;
  /** What the chat list and the notification show. */
  readonly summary: string;
  readonly blocks: readonly CardBlock[];
}
