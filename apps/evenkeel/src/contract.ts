import { checkRights, createApi } from './kernel/http.ts';
import { VERSION } from './kernel/version.ts';
import type { Account } from './modules/account/account.actions.ts';
import { registerAccount } from './modules/account/account.routes.ts';
import { registerPhones } from './modules/account/phone.routes.ts';
import { rightsTable } from './modules/account/rights.ts';
import { counselRoutes } from './modules/casefile/counsel.routes.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import type { Parts } from './parts.ts';
import { wireRoutes } from './routes.ts';

/** The contract and the table of rights, from the routes themselves; nothing is opened for it. */
export function contract(): { readonly openapi: string; readonly roles: string } {
  const api = createApi(() => {});
  // Routes only keep what they are given until they are called, and here none is.
  registerAccount(api, {} as Account, { version: VERSION, isStory: false });
  registerPhones(api, {} as Account, null);
  wireRoutes(api, { ledger: {}, sealer: {} } as Parts);
  counselRoutes(api, {} as Ledger, {} as Account);
  checkRights(api);
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Evenkeel', version: VERSION },
  });
  return { openapi: `${JSON.stringify(document, null, 2)}\n`, roles: rightsTable(api) };
}
