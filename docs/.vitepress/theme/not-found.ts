import { withBase } from 'vitepress';
import { defineComponent, h } from 'vue';

/** What stands at an address that no page has. */
export default defineComponent(
  () => () =>
    h('main', { class: 'not-found' }, [
      h('h1', 'There is no such page'),
      h('p', 'It may have moved. The search above finds it, or begin anew:'),
      h('a', { href: withBase('/') }, 'To the first page'),
    ]),
);
