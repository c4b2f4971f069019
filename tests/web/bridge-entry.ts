/** What the bridge tests call inside a page: the modules of the pages as they are, under one name. */
export { chatHere } from '../../sidebar-web/src/api/chat-here.ts';
export { ensureSession, signOut } from '../../sidebar-web/src/api/session.ts';
export { bridgeHere } from '../../sidebar-web/src/bridge/here.ts';
