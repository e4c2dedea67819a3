import { withBase } from 'vitepress';
import { defineComponent, h } from 'vue';
import { data as groups, type OperationGroup } from '../../api/operations.data.js';

/** Every operation of the API, with the way to its place in the reference. */
export default defineComponent(() => () => groups.map(group));

function group({ tag, title, description, operations }: OperationGroup) {
  return h('section', { class: 'operation-group' }, [
    h('h3', { id: tag }, h('a', { href: withBase(`/api/${tag}`) }, title)),
    h('p', description),
    h(
      'ul',
      operations.map(({ id, verb, method, path, summary }) =>
        h(
          'li',
          { key: id },
          h('a', { href: withBase(`/api/${tag}#${verb}`) }, [
            h('span', { class: ['method', method.toLowerCase()] }, method),
            h('code', path),
            h('span', { class: 'summary' }, summary),
          ]),
        ),
      ),
    ),
  ]);
}
