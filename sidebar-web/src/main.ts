/** The entry of every page inside a chat client: the last part of the address says which. */
import 'vant/es/style/base.css';
import 'vant/es/loading/index.css';
import 'vant/es/button/index.css';
import './base.css';
import { type Component, createApp } from 'vue';
import HandOver from './pages/HandOver.vue';
import NoPage from './pages/NoPage.vue';
import { followTheme } from './theme.ts';

const pages: Readonly<Record<string, Component>> = { 'hand-over': HandOver };

followTheme();
createApp(pages[location.pathname.split('/').pop() ?? ''] ?? NoPage).mount('#page');
