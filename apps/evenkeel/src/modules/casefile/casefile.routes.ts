import type { Api } from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { caseRoutes } from './case.routes.ts';
import { caseReadingRoutes } from './case-reading.routes.ts';
import { complaintRoutes } from './complaint.routes.ts';
import { holdRoutes } from './hold.routes.ts';
import type { ComplaintClocks } from './register.actions.ts';
import { registerRoutes } from './register.routes.ts';
import { retentionRoutes } from './retention.routes.ts';

/** Cases, the complaint register and legal holds. @param clocksOf when complaints are due by their procedures */
export function casefileRoutes(api: Api, ledger: Ledger, sealer: Sealer, clocksOf: ComplaintClocks): void {
  caseReadingRoutes(api, ledger, sealer);
  caseRoutes(api, ledger, clocksOf);
  registerRoutes(api, ledger, clocksOf);
  complaintRoutes(api, ledger);
  holdRoutes(api, ledger);
  retentionRoutes(api, ledger);
}
