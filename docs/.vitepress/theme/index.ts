import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import NotFound from './not-found.js';
import OperationList from './operation-list.js';
import Picture from './picture.js';
import './brand.css';
import './reference.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'not-found': () => h(NotFound) }),
  enhanceApp({ app }) {
    app.component('OperationList', OperationList);
    app.component('Picture', Picture);
  },
} satisfies Theme;
