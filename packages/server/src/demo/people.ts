/** Who uses the demo. All have its one password. */
export const adminEmail = 'admin@example.com';

export const demoPeople = [
  { email: adminEmail, name: 'Amira Rahman', role: 'admin', title: 'Administrator' },
  { email: 'manager@example.com', name: 'Mei Tan', role: 'manager', title: 'Manager, team cx' },
  { email: 'agent@example.com', name: 'Arjun Nair', role: 'agent', title: 'Agent, team cx' },
] as const;

/** Beside `cx`, which every organization has. */
export const demoTeams = [
  { key: 'tx', name: 'Tutor Experience' },
  { key: 'cr', name: 'Customer Relations' },
] as const;
