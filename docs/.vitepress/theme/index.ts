import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import OperationList from './operation-list.js';
import Picture from './picture.js';
import './brand.css';
import './reference.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('OperationList', OperationList);
    app.component('Picture', Picture);
  },
} satisfies Theme;
