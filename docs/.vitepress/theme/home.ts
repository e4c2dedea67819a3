import { Content } from 'vitepress';
import VPHomeContent from 'vitepress/dist/client/theme-default/components/VPHomeContent.vue';
import VPHomeFeatures from 'vitepress/dist/client/theme-default/components/VPHomeFeatures.vue';
import VPHomeHero from 'vitepress/dist/client/theme-default/components/VPHomeHero.vue';
import { defineComponent, h } from 'vue';

/** In place of VitePress's own, which has no main landmark for people who jump to it. */
export default defineComponent(
  () => () => h('main', { class: 'VPHome' }, [h(VPHomeHero), h(VPHomeFeatures), h(VPHomeContent, () => h(Content))]),
);
