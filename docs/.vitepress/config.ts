import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { readDocument } from './api/document.js';
import { searchSections } from './api/search-sections.js';
import { errorAnchors } from './markdown/error-anchors.js';
import { linksIntoRepository } from './markdown/links-into-repository.js';
import { sidebar } from './sidebar.js';

export default defineConfig({
  title: 'TIMS',
  titleTemplate: ':title · TIMS',
  description: 'All conversations. One team. One inbox.',
  lang: 'en-GB',
  cleanUrls: true,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }],
    ['meta', { name: 'theme-color', content: '#0f6f8f' }],
  ],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      md.use(linksIntoRepository).use(errorAnchors);
    },
  },
  vite: {
    resolve: {
      alias: [{ find: /^.*\/VPHome\.vue$/, replacement: fileURLToPath(new URL('./theme/home.ts', import.meta.url)) }],
    },
  },
  transformPageData(page) {
    // Under each operation stand the same few headings.
    if (page.relativePath.startsWith('api/') && page.relativePath !== 'api/index.md') page.frontmatter.outline = 2;
  },
  themeConfig: {
    logo: '/logo.svg',
    outline: { level: [2, 3], label: 'On this page' },
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      {
        text: 'Operate',
        link: '/whatsapp',
        activeMatch: '^/(whatsapp|configuration|cli|reference|people|roles|audit|erasing)',
      },
      { text: 'Embed', link: '/embed', activeMatch: '^/(embed|sdk|api|realtime|errors)' },
      { text: 'Extend', link: '/write-a-channel', activeMatch: '^/write-a-channel' },
      { text: 'Understand', link: '/concepts', activeMatch: '^/(concepts|architecture|life-of-a-message)' },
    ],
    sidebar: sidebar(readDocument()),
    docFooter: { prev: 'Before', next: 'Next' },
    footer: { message: 'All conversations. One team. One inbox.', copyright: 'MIT licensed' },
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          _splitIntoSections(file) {
            const tag = /docs\/api\/([a-z]+)\.md$/.exec(file.replaceAll('\\', '/'))?.[1];
            // Undefined leaves a page that is a file to VitePress.
            return (tag === undefined || tag === 'index' ? undefined : searchSections(readDocument(), tag)) as never;
          },
        },
      },
    },
  },
});
