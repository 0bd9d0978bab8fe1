import { backupRoutes } from './backup.routes.ts';
import type { Api } from './kernel/http.ts';
import { bundleRoutes } from './modules/bundle/bundle.routes.ts';
import { deskRoutes } from './modules/desk/desk.routes.ts';
import { importRoutes } from './modules/interaction/import.routes.ts';
import { interactionRoutes } from './modules/interaction/interaction.routes.ts';
import { pasteRoutes } from './modules/interaction/paste.routes.ts';
import { searchRoutes } from './modules/interaction/search.routes.ts';
import { ledgerRoutes } from './modules/ledger/ledger.routes.ts';
import { languageRoutes } from './modules/signal/language.routes.ts';
import { relationRoutes } from './modules/signal/relation.routes.ts';
import { signalRoutes } from './modules/signal/signal.routes.ts';
import type { Parts } from './parts.ts';

/** All modules' routes but sign-in's; each says who may call it. */
export function wireRoutes(api: Api, parts: Parts): void {
  const { ledger, sealer, importer, uploads, runner, reader, dataDir } = parts;
  backupRoutes(api, parts);
  ledgerRoutes(api, ledger, sealer, runner, dataDir);
  importRoutes(api, ledger, importer, uploads);
  pasteRoutes(api, ledger, sealer);
  interactionRoutes(api, ledger, sealer);
  searchRoutes(api, ledger);
  signalRoutes(api, ledger, reader);
  relationRoutes(api, ledger, reader);
  languageRoutes(api, ledger, reader);
  bundleRoutes(api, ledger, sealer);
  deskRoutes(api, ledger);
}
