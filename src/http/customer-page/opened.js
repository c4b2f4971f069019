// Tells the server that somebody has the page before their eyes: whoever only fetches it for a preview does not come here.
const tell = () => {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', tell);
  fetch(`${location.pathname}/opened`, { method: 'POST', credentials: 'same-origin', keepalive: true }).catch(() => {});
};
document.addEventListener('visibilitychange', tell);
tell();
