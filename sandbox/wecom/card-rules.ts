/** The shape of template cards as data (wecom.md §3.3): fields, list lengths, what must be there, and the code of each fault. */

export type FieldRule =
  | 'string'
  | 'number'
  | 'boolean'
  /** One object of that name. */
  | { readonly part: string }
  /** A list of such objects with its lengths and the code for a wrong one. */
  | { readonly list: string; readonly min: number; readonly max: number; readonly code: number };

export interface PartRule {
  readonly fields: Readonly<Record<string, FieldRule>>;
  /** Fields that must be non-empty, with the code for their absence. */
  readonly required?: Readonly<Record<string, number>>;
  /** Values of `type` and what each then needs. */
  readonly types?: Readonly<Record<number, Readonly<Record<string, number>>>>;
}

const URL = 42028;
const JUMP = { url: 'string', appid: 'string', pagepath: 'string' } as const;
/** 1 opens an address, 2 a mini program. */
const JUMP_TYPES = { 0: {}, 1: { url: URL }, 2: { appid: 40058 } };
const OPTION = { id: 42040, text: 42041 };

export const PARTS: Readonly<Record<string, PartRule>> = {
  source: { fields: { icon_url: 'string', desc: 'string', desc_color: 'number' } },
  action_menu: {
    fields: { desc: 'string', action_list: { list: 'action', min: 1, max: 3, code: 42047 } },
    required: { action_list: 42047 },
  },
  action: { fields: { text: 'string', key: 'string' }, required: { text: 42038, key: 42039 } },
  main_title: { fields: { title: 'string', desc: 'string' } },
  emphasis_content: { fields: { title: 'string', desc: 'string' } },
  quote_area: { fields: { type: 'number', title: 'string', quote_text: 'string', ...JUMP }, types: JUMP_TYPES },
  horizontal: {
    fields: { type: 'number', keyname: 'string', value: 'string', url: 'string', media_id: 'string', userid: 'string' },
    required: { keyname: 42027 },
    types: { 0: {}, 1: { url: URL }, 2: { media_id: 42029 }, 3: { userid: 42050 } },
  },
  jump: {
    fields: { type: 'number', title: 'string', question: 'string', ...JUMP },
    required: { title: 40058 },
    types: JUMP_TYPES,
  },
  /** Only cards of the AI bot: 3 asks the bot a question. */
  bot_jump: {
    fields: { type: 'number', title: 'string', question: 'string', ...JUMP },
    required: { title: 40058 },
    types: { ...JUMP_TYPES, 3: { question: 40058 } },
  },
  card_action: { fields: { type: 'number', ...JUMP }, types: JUMP_TYPES },
  card_image: { fields: { url: 'string', aspect_ratio: 'number' }, required: { url: 42044 } },
  image_text_area: {
    fields: { type: 'number', title: 'string', desc: 'string', image_url: 'string', ...JUMP },
    required: { image_url: 42044 },
    types: JUMP_TYPES,
  },
  vertical: { fields: { title: 'string', desc: 'string' }, required: { title: 40058 } },
  button: {
    fields: { type: 'number', text: 'string', style: 'number', key: 'string', url: 'string' },
    required: { text: 42038 },
    types: { 0: { key: 42039 }, 1: { url: URL } },
  },
  option: { fields: { id: 'string', text: 'string', is_checked: 'boolean' }, required: OPTION },
  selection: {
    fields: {
      question_key: 'string',
      title: 'string',
      disable: 'boolean',
      selected_id: 'string',
      option_list: { list: 'option', min: 1, max: 10, code: 42042 },
    },
    required: { question_key: 42043, option_list: 42042 },
  },
  checkbox: {
    fields: {
      question_key: 'string',
      mode: 'number',
      disable: 'boolean',
      option_list: { list: 'option', min: 1, max: 20, code: 42042 },
    },
    required: { question_key: 42043, option_list: 42042 },
  },
  submit_button: { fields: { text: 'string', key: 'string' }, required: { key: 42046, text: 42049 } },
  feedback: { fields: { id: 'string' }, required: { id: 40058 } },
};

const COMMON: Readonly<Record<string, FieldRule>> = {
  card_type: 'string',
  source: { part: 'source' },
  main_title: { part: 'main_title' },
  quote_area: { part: 'quote_area' },
  sub_title_text: 'string',
  horizontal_content_list: { list: 'horizontal', min: 0, max: 6, code: 42035 },
  jump_list: { list: 'jump', min: 0, max: 3, code: 42036 },
  card_action: { part: 'card_action' },
  task_id: 'string',
  /** Only in updates: greys the buttons. */
  replace_text: 'string',
};

const MENU = { action_menu: { part: 'action_menu' } } as const;
const SUBMIT = { submit_button: { part: 'submit_button' } } as const;

/** Fields a card may have by its type, and those it must have. */
export const CARD_TYPES: Readonly<Record<string, PartRule>> = {
  text_notice: { fields: { ...COMMON, ...MENU, emphasis_content: { part: 'emphasis_content' } } },
  news_notice: {
    fields: {
      ...COMMON,
      ...MENU,
      card_image: { part: 'card_image' },
      image_text_area: { part: 'image_text_area' },
      vertical_content_list: { list: 'vertical', min: 0, max: 4, code: 42035 },
    },
  },
  button_interaction: {
    fields: {
      ...COMMON,
      ...MENU,
      button_selection: { part: 'selection' },
      button_list: { list: 'button', min: 1, max: 6, code: 42037 },
    },
    required: { task_id: 42014, button_list: 42037 },
  },
  vote_interaction: {
    fields: { ...COMMON, ...SUBMIT, checkbox: { part: 'checkbox' } },
    required: { main_title: 42033, task_id: 42014, checkbox: 42043, submit_button: 42046 },
  },
  multiple_interaction: {
    fields: { ...COMMON, ...SUBMIT, select_list: { list: 'selection', min: 1, max: 3, code: 42047 } },
    required: { main_title: 42033, task_id: 42014, select_list: 42047, submit_button: 42046 },
  },
};
