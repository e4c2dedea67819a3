import { withBase } from 'vitepress';
import { defineComponent, h } from 'vue';
import { data as pictures } from './pictures.data.js';

/** A picture of `public/`, where it is there. */
export default defineComponent(
  ({ file, alt }: { file: string; alt: string }) => {
    if (!pictures.includes(file)) return () => undefined;
    return () => h('figure', { class: 'picture' }, h('img', { src: withBase(`/${file}`), alt, loading: 'lazy' }));
  },
  { props: ['file', 'alt'] },
);
