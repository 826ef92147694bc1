/** Roles, and what each is for. */
export const roles = ['viewer', 'operator', 'laboratory', 'quality', 'administrator'] as const
export type Role = (typeof roles)[number]

export const aboutRoles: Readonly<Record<Role, string>> = {
  viewer: 'reads everything',
  operator: 'receives, weighs, runs campaigns, ships',
  laboratory: 'enters assays',
  quality: 'releases lots, corrects, captures events',
  administrator: 'does everything, and keeps the accounts',
}
