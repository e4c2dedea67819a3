import { browsing } from './browsing.js';
import { writing } from './writing.js';

export type { Binding, Place } from './binding.js';

export const table = [...browsing, ...writing] as const;

/** The name of one thing that can be done, as the profile and the palette write it. */
export type Act = (typeof table)[number]['act'];
