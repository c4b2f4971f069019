/** The entry of every page inside a chat client: the address says which. */
import 'vant/es/style/base.css';
import 'vant/es/loading/index.css';
import 'vant/es/button/index.css';
import './base.css';
import { createApp } from 'vue';
import AppView from './AppView.vue';
import { fetchAhead } from './pages.ts';
import { followLinks, place } from './router.ts';
import { followTheme } from './theme.ts';

followTheme();
followLinks();
fetchAhead(place.value.page);
createApp(AppView).mount('#page');
