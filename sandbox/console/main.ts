/** Starts the console page. */
import './base.css';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).mount('#desk');
