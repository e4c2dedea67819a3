const programs = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** What a program says of itself, as people call it: "Chrome on Linux". */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown program';
  const program = programs.find(([sign]) => userAgent.includes(sign))?.[1];
  const system = systems.find(([sign]) => userAgent.includes(sign))?.[1];
  if (program) return system ? `${program} on ${system}` : program;
  // `tims`, a script, an app: its name without its version.
  return userAgent.split(/[/ ]/)[0]?.slice(0, 60) || 'Unknown program';
}
