/** Cards that the documents show (feishu.md §7.1), as data for the tests. */
export const plain = (content: string) => ({ tag: 'plain_text', content });

export const FORM = {
  tag: 'form',
  name: 'f1',
  elements: [
    {
      tag: 'input',
      name: 'note',
      label: plain('备注'),
      placeholder: plain(''),
      input_type: 'multiline_text',
      rows: 3,
      max_length: 1000,
      default_value: '',
    },
    {
      tag: 'select_static',
      name: 'stage',
      required: true,
      placeholder: plain('阶段'),
      options: [
        { text: plain('赢单'), value: 'won' },
        { text: plain('输单'), value: 'lost' },
      ],
    },
    {
      tag: 'column_set',
      columns: [
        {
          tag: 'column',
          width: 'auto',
          elements: [
            {
              tag: 'button',
              name: 'submit1',
              form_action_type: 'submit',
              text: plain('提交'),
              type: 'primary',
              behaviors: [{ type: 'callback', value: { act: 'save' } }],
            },
          ],
        },
        {
          tag: 'column',
          width: 'auto',
          elements: [{ tag: 'button', name: 'reset1', form_action_type: 'reset', text: plain('重置') }],
        },
      ],
    },
  ],
};

export const button = (label: string, value: object, extra: object = {}) => ({
  tag: 'button',
  text: plain(label),
  type: 'primary',
  behaviors: [{ type: 'callback', value }],
  ...extra,
});

export const card = (...elements: object[]) => ({
  schema: '2.0',
  config: { update_multi: true, enable_forward: true, width_mode: 'fill', summary: { content: '客户 Acme' } },
  header: {
    title: plain('客户 Acme'),
    subtitle: plain(''),
    template: 'blue',
    text_tag_list: [{ tag: 'text_tag', text: plain('A级'), color: 'neutral' }],
    icon: { tag: 'standard_icon', token: 'chat-forbidden_outlined' },
    padding: '12px',
  },
  body: { direction: 'vertical', padding: '12px', vertical_spacing: '8px', elements },
});

export const EVERYTHING = card(
  { tag: 'markdown', content: "**bold** <font color='red'>x</font>", element_id: 'note_1', margin: '0px 4px' },
  button(
    '认领',
    { act: 'claim', id: '42' },
    { size: 'medium', width: 'fill', confirm: { title: plain('?'), text: plain('确定吗') } },
  ),
  {
    tag: 'column_set',
    flex_mode: 'bisect',
    horizontal_spacing: '8px',
    background_style: 'grey',
    columns: [
      {
        tag: 'column',
        width: 'weighted',
        weight: 1,
        vertical_align: 'top',
        elements: [{ tag: 'div', text: { tag: 'lark_md', content: '金额' } }],
      },
    ],
  },
  FORM,
  { tag: 'hr' },
  {
    tag: 'chart',
    aspect_ratio: '16:9',
    color_theme: 'brand',
    preview: true,
    height: 'auto',
    chart_spec: { type: 'bar', data: { values: [{ m: 'Q1', v: 3 }] }, xField: 'm', yField: 'v' },
  },
  { tag: 'person_list', persons: [{ id: 'ou_known' }], size: 'small', show_name: true, show_avatar: true, lines: 1 },
);
