/** Words of the sheet with phrases for the chat. */
export const phraseWords = {
  open: '快捷话术',
  title: '快捷话术',
  send: '点一句放进聊天，由你发出。',
  copy: '点一句复制，再粘贴到聊天里发出。',
  none: '还没有话术。请管理员在策略里加几句。',
  sent: (title: string) => `「${title}」已放进聊天`,
  copied: '已复制，粘贴到聊天里',
  failed: '没有放进聊天，也没有复制成功。请长按选中后自己复制。',
} as const;
