import type { Context } from '../context.ts';
import type { Rules } from '../objects/stages.ts';
import { SESSION_RULES } from '../sessions/rules.ts';
import { USER_RULES } from '../users/rules.ts';
import { INSTALLATION_RULES } from './installations.ts';
import { PRODUCT_RULES } from './products.ts';
import { ROLE_RULES } from './roles.ts';

/** What Parse's own classes have beyond all others. */
export const CLASS_RULES: Rules<Context> = new Map([
  ['_User', USER_RULES],
  ['_Session', SESSION_RULES],
  ['_Role', ROLE_RULES],
  ['_Installation', INSTALLATION_RULES],
  ['_Product', PRODUCT_RULES],
]);
