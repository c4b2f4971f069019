// Builds the pages ahead of time (`npm run build`), so that a read-only installation finds them ready.

import { buildPage } from '../src/pages/build.ts';
import { sidebarPage } from '../src/pages/pages.ts';

console.log(`页面已就绪 / pages are ready: ${await buildPage(sidebarPage)}`);
