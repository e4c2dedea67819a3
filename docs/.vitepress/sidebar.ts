import type { DefaultTheme } from 'vitepress';
import type { ApiDocument } from './api/document.js';
import { titleOf } from './api/pages.js';

/** One sidebar for every page, by what a reader came for. */
export function sidebar({ tags }: ApiDocument): DefaultTheme.SidebarItem[] {
  return [
    {
      text: 'Start',
      items: [
        { text: 'Quick start', link: '/quick-start' },
        { text: 'Concepts', link: '/concepts' },
      ],
    },
    {
      text: 'Use',
      items: [
        { text: 'One number, one team', link: '/team' },
        { text: 'Web inbox', link: '/web-inbox' },
        { text: 'Terminal inbox', link: '/terminal-inbox' },
        { text: 'Work together', link: '/teamwork' },
        { text: 'Contacts', link: '/contacts' },
        { text: 'Contacts from a file', link: '/contact-imports' },
        { text: 'Search', link: '/search' },
      ],
    },
    {
      text: 'Operate',
      items: [
        { text: 'Signing in', link: '/signing-in' },
        { text: 'Connect WhatsApp', link: '/whatsapp' },
        { text: 'Configuration', link: '/configuration' },
        { text: 'The tims command', link: '/cli' },
        { text: 'Command reference', link: '/reference/commands' },
        { text: 'People and teams', link: '/people' },
        { text: 'Roles and permissions', link: '/roles' },
        { text: 'The activity log', link: '/audit' },
        { text: 'Erase a person', link: '/erasing' },
      ],
    },
    {
      text: 'Embed',
      items: [
        { text: 'Choose a way', link: '/embed' },
        { text: 'SDK guide', link: '/sdk' },
        { text: 'Realtime', link: '/realtime' },
        { text: 'Errors', link: '/errors' },
        {
          text: 'API reference',
          link: '/api/',
          collapsed: true,
          items: [
            ...tags.map(({ name }) => ({ text: titleOf(name), link: `/api/${name}` })),
            { text: 'Shapes', link: '/api/shapes' },
          ],
        },
      ],
    },
    { text: 'Extend', items: [{ text: 'Write a channel', link: '/write-a-channel' }] },
    {
      text: 'Understand',
      items: [
        { text: 'Architecture', link: '/architecture' },
        { text: 'The life of a message', link: '/life-of-a-message' },
      ],
    },
  ];
}
