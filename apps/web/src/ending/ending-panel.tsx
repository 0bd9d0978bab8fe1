import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PaneTitle } from '../client/pane-title.tsx';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { t } from '../words/t.ts';
import { endingsQuery, sheetQuery } from './ending.queries.ts';
import { EndingActs } from './ending-acts.tsx';
import { SheetView } from './sheet-view.tsx';
import '../casefile/casefile.css';
import '../agreement/agreement.css';
import '../restriction/restriction.css';

const route = getRouteApi('/clients/$partyId/ending');

/** Whether to stay or to leave, on one sheet, and the way out beside it. */
export function EndingPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const sheet = useQuery({ ...sheetQuery(partyId), throwOnError: true }).data;
  const endings = useQuery({ ...endingsQuery(partyId), throwOnError: true }).data?.items;
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="casefile-pane stack" aria-labelledby="ending">
      <PaneTitle id="ending" says={t('ending.title')} closeSays={t('casefile.close')} onClose={leave} />
      <p className="small quiet">{t('ending.about')}</p>
      {sheet && <SheetView sheet={sheet} />}
      {sheet && endings && <EndingActs partyId={partyId} sheet={sheet} endings={endings} />}
      <StartProcedure subject="party" partyId={partyId} subjectId={partyId} />
    </section>
  );
}
