/** What everybody decides for themselves. */
export const accountPages = [
  { key: 'profile', path: '/account', title: 'Profile' },
  { key: 'security', path: '/account/security', title: 'Security' },
  { key: 'sessions', path: '/account/sessions', title: 'Sessions' },
] as const;

export type AccountPageKey = (typeof accountPages)[number]['key'];
