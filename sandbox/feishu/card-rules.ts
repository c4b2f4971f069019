/** What card JSON 2.0 knows: for every object of a card its properties, which are mandatory, and what stands inside them. */

/** A part is another rule by name; in brackets a list of them; `element` is looked up by its `tag`. */
export type Part = string | readonly [string];

export interface CardRule {
  readonly keys: readonly string[];
  readonly required?: readonly string[];
  readonly parts?: Readonly<Record<string, Part>>;
  readonly enums?: Readonly<Record<string, readonly string[]>>;
}

const LAYOUT = ['direction', 'padding', 'horizontal_spacing', 'horizontal_align', 'vertical_spacing', 'vertical_align'];
const ACTIVE = ['behaviors', 'confirm', 'disabled', 'disabled_tips', 'hover_tips', 'name', 'required'];
const ACTIVE_PARTS = {
  behaviors: ['behavior'],
  confirm: 'confirm',
  disabled_tips: 'plain',
  hover_tips: 'plain',
} as const;
const COLOURS = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ');
const TAG_COLOURS = [...COLOURS, 'neutral', 'lime'];
const BUTTON_TYPES = 'default primary danger text primary_text danger_text primary_filled danger_filled laser'.split(
  ' ',
);

const chooser = (...own: string[]): CardRule => ({
  keys: [...ACTIVE, 'type', 'placeholder', 'options', 'width', ...own],
  parts: { ...ACTIVE_PARTS, placeholder: 'plain', options: ['option'] },
});
const picker = (initial: string): CardRule => ({
  keys: [...ACTIVE, 'placeholder', 'width', initial],
  parts: { ...ACTIVE_PARTS, placeholder: 'plain' },
});

/** Objects that are not components. */
export const OBJECT_RULES: Readonly<Record<string, CardRule>> = {
  card: {
    keys: ['schema', 'config', 'card_link', 'header', 'body'],
    parts: { config: 'config', card_link: 'link', header: 'header', body: 'body' },
  },
  config: {
    keys: 'streaming_mode streaming_config summary locales enable_forward enable_forward_interaction update_multi width_mode use_custom_translation style'.split(
      ' ',
    ),
    parts: { summary: 'summary' },
    enums: { width_mode: ['default', 'compact', 'fill'] },
  },
  summary: { keys: ['content', 'i18n_content'] },
  link: { keys: ['url', 'pc_url', 'ios_url', 'android_url'] },
  header: {
    keys: ['title', 'subtitle', 'template', 'text_tag_list', 'i18n_text_tag_list', 'icon', 'padding'],
    required: ['title'],
    parts: { title: 'text', subtitle: 'text', text_tag_list: ['text_tag'], icon: 'icon' },
    enums: { template: COLOURS },
  },
  text_tag: {
    keys: ['tag', 'element_id', 'text', 'color'],
    required: ['tag', 'text'],
    parts: { text: 'plain' },
    enums: { tag: ['text_tag'], color: TAG_COLOURS },
  },
  body: { keys: [...LAYOUT, 'elements'], parts: { elements: ['element'] } },
  plain: {
    keys: ['tag', 'content', 'i18n_content', 'text_size', 'text_align', 'text_color', 'lines'],
    required: ['tag', 'content'],
    enums: { tag: ['plain_text'] },
  },
  text: {
    keys: ['tag', 'content', 'i18n_content', 'text_size', 'text_align', 'text_color', 'lines'],
    required: ['tag', 'content'],
    enums: { tag: ['plain_text', 'lark_md'], text_align: ['left', 'center', 'right'] },
  },
  icon: {
    keys: ['tag', 'token', 'color', 'size', 'img_key'],
    required: ['tag'],
    enums: { tag: ['standard_icon', 'custom_icon'] },
  },
  confirm: { keys: ['title', 'text'], required: ['title', 'text'], parts: { title: 'plain', text: 'plain' } },
  behavior: {
    keys: ['type', 'value', 'default_url', 'pc_url', 'ios_url', 'android_url', 'behavior'],
    required: ['type'],
    enums: { type: ['callback', 'open_url', 'form_action'], behavior: ['submit', 'reset'] },
  },
  option: { keys: ['text', 'value', 'icon', 'img_key'], required: ['value'], parts: { text: 'plain', icon: 'icon' } },
  person_ref: { keys: ['id'], required: ['id'] },
  image_ref: { keys: ['img_key'], required: ['img_key'] },
  table_column: {
    keys: 'name display_name data_type width horizontal_align vertical_align format date_format'.split(' '),
    required: ['name'],
  },
  panel_header: {
    keys: 'title background_color vertical_align padding position width icon icon_position icon_expanded_angle'.split(
      ' ',
    ),
    parts: { title: 'text', icon: 'icon' },
  },
  border: { keys: ['color', 'corner_radius'] },
};

/** Components; `tag`, `element_id` and `margin` are known to each. */
export const ELEMENT_RULES: Readonly<Record<string, CardRule>> = {
  column_set: {
    keys: ['flex_mode', 'horizontal_spacing', 'horizontal_align', 'background_style', 'columns'],
    required: ['columns'],
    parts: { columns: ['column'] },
    enums: { flex_mode: ['none', 'stretch', 'flow', 'bisect', 'trisect'] },
  },
  column: {
    keys: [...LAYOUT, 'width', 'weight', 'background_style', 'elements'],
    parts: { elements: ['element'] },
    enums: { vertical_align: ['top', 'center', 'bottom'] },
  },
  form: {
    keys: [...LAYOUT, 'name', 'elements', 'confirm'],
    required: ['name', 'elements'],
    parts: { elements: ['element'], confirm: 'confirm' },
  },
  interactive_container: {
    keys: [
      ...LAYOUT,
      ...ACTIVE,
      'width',
      'height',
      'background_style',
      'has_border',
      'border_color',
      'corner_radius',
      'elements',
    ],
    required: ['behaviors', 'elements'],
    parts: { ...ACTIVE_PARTS, elements: ['element'] },
  },
  collapsible_panel: {
    keys: [...LAYOUT, 'expanded', 'header', 'border', 'background_color', 'elements'],
    required: ['header', 'elements'],
    parts: { header: 'panel_header', border: 'border', elements: ['element'] },
  },
  div: { keys: ['text', 'icon', 'width'], required: ['text'], parts: { text: 'text', icon: 'icon' } },
  markdown: {
    keys: ['content', 'i18n_content', 'text_align', 'text_size', 'icon'],
    required: ['content'],
    parts: { icon: 'icon' },
    enums: { text_align: ['left', 'center', 'right'] },
  },
  img: {
    keys: 'img_key alt title mode scale_type size corner_radius preview transparent custom_width compact_width'.split(
      ' ',
    ),
    required: ['img_key'],
    parts: { alt: 'plain', title: 'plain' },
  },
  img_combination: {
    keys: ['combination_mode', 'combination_transparent', 'corner_radius', 'img_list'],
    required: ['combination_mode', 'img_list'],
    parts: { img_list: ['image_ref'] },
  },
  person: { keys: ['user_id', 'size', 'show_avatar', 'show_name', 'style'], required: ['user_id'] },
  person_list: {
    keys: 'persons size show_name show_avatar lines drop_invalid_user_id icon ud_icon'.split(' '),
    required: ['persons'],
    parts: { persons: ['person_ref'], icon: 'icon', ud_icon: 'icon' },
    enums: { size: ['extra_small', 'small', 'medium', 'large'] },
  },
  chart: { keys: ['aspect_ratio', 'color_theme', 'chart_spec', 'preview', 'height'], required: ['chart_spec'] },
  table: {
    keys: 'page_size row_height row_max_height freeze_first_column header_style columns rows'.split(' '),
    required: ['columns', 'rows'],
    parts: { columns: ['table_column'] },
  },
  hr: { keys: [] },
  audio: { keys: ['file_key', 'audio_id', 'show_time', 'width'], required: ['file_key'] },
  button: {
    keys: [...ACTIVE, 'text', 'type', 'size', 'width', 'icon', 'form_action_type'],
    parts: { ...ACTIVE_PARTS, text: 'plain', icon: 'icon' },
    enums: {
      type: BUTTON_TYPES,
      size: ['tiny', 'small', 'medium', 'large'],
      form_action_type: ['submit', 'reset'],
    },
  },
  overflow: {
    keys: [...ACTIVE, 'width', 'options'],
    required: ['options'],
    parts: { ...ACTIVE_PARTS, options: ['option'] },
  },
  input: {
    keys: [
      ...ACTIVE,
      ...'placeholder default_value width max_length input_type show_icon rows auto_resize max_rows label label_position fallback'.split(
        ' ',
      ),
    ],
    parts: { ...ACTIVE_PARTS, placeholder: 'plain', label: 'plain' },
    enums: { input_type: ['text', 'multiline_text', 'password'], label_position: ['top', 'left'] },
  },
  select_static: chooser('initial_option', 'initial_index'),
  multi_select_static: chooser('selected_values'),
  select_person: chooser('initial_option', 'initial_index'),
  multi_select_person: chooser('selected_values'),
  date_picker: picker('initial_date'),
  picker_time: picker('initial_time'),
  picker_datetime: picker('initial_datetime'),
  select_img: {
    keys: [...ACTIVE, 'multi_select', 'layout', 'can_preview', 'aspect_ratio', 'style', 'options'],
    required: ['options'],
    parts: { ...ACTIVE_PARTS, options: ['option'] },
  },
  checker: {
    keys: [...ACTIVE, ...'checked text overall_checkable button_area checked_style padding pc_display_rule'.split(' ')],
    parts: { ...ACTIVE_PARTS, text: 'text' },
  },
};

/** Components that send a value; inside a form each needs a name of its own. */
export const INTERACTIVE = new Set(
  'button input select_static multi_select_static select_person multi_select_person date_picker picker_time picker_datetime select_img checker'.split(
    ' ',
  ),
);
export const CONTAINERS = new Set(['column_set', 'form', 'interactive_container', 'collapsible_panel']);

const BOX = /^-?\d{1,2}px( -?\d{1,2}px){0,3}$/;
const GAP = /^(small|medium|large|extra_large|\d{1,2}px)$/;

/** How a value of this property must look, wherever it stands. */
export const VALUE_FORMATS: Readonly<Record<string, RegExp>> = {
  margin: BOX,
  padding: BOX,
  horizontal_spacing: GAP,
  vertical_spacing: GAP,
  direction: /^(vertical|horizontal)$/,
};
export const BOOLEANS = new Set(
  'disabled required checked preview show_name show_avatar expanded has_border drop_invalid_user_id update_multi streaming_mode enable_forward enable_forward_interaction'.split(
    ' ',
  ),
);
