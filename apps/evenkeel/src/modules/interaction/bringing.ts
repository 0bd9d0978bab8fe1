import { ROLES, WORKERS } from '../../kernel/http.ts';

/** Who brings correspondence in, by whichever way, and who sees what was brought. */
export const BRING_IN = {
  action: 'bring in correspondence',
  roles: WORKERS,
  scope: 'workspace',
} as const;
export const SEE_BROUGHT = {
  action: 'see what was brought in',
  roles: ROLES,
  scope: 'workspace',
} as const;
