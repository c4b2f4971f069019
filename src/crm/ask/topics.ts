// What a question to the bot can be about.

/** What a question is about. */
export type Topic =
  | 'overview'
  | 'stage'
  | 'quote'
  | 'sample'
  | 'contract'
  | 'payment'
  | 'order'
  | 'after_sales'
  | 'owner'
  | 'contact'
  | 'last_contact';
