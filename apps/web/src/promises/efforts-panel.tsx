import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { useSession } from '../session/session.queries.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { EffortForm } from './effort-form.tsx';
import { EffortItem } from './effort-item.tsx';
import { answersWords, effortsText } from './effort-words.ts';
import { effortsQuery } from './efforts.queries.ts';
import '../shell/on-paper.css';
import './promises.css';
import './efforts.css';
import { nowIso } from '../words/clock.ts';

const route = getRouteApi('/clients/$partyId/efforts');

/** What both sides did towards an end, in order of time, each opening its record: to print, to copy, to hand over. */
export function EffortsPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [isAll, setAll] = useState(false);
  const [isNoting, setNoting] = useState(false);
  const party = useQuery(partyQuery(partyId)).data;
  const efforts = useQuery({ ...effortsQuery(partyId, isAll), throwOnError: true }).data;
  const role = useSession().data?.member?.role;
  const isWorker = role === 'owner' || role === 'manager' || role === 'agent';
  const now = nowIso();
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (was) => was });
  const copy = async () => {
    if (efforts) await navigator.clipboard.writeText(effortsText(efforts, party?.name ?? '', now));
    toast(t('effort.copied'));
  };
  return (
    <section className="efforts on-paper stack" aria-labelledby="efforts-title">
      <PaneTitle id="efforts-title" says={t('effort.title')} closeSays={t('effort.close')} onClose={leave} />
      <p className="print-only">
        {t('effort.textTitle', { party: party?.name ?? '' })}. {t('effort.asOf', { day: dateOf(now) })}
      </p>
      <p className="row no-print">
        <button type="button" className="action" onClick={() => window.print()}>
          {t('effort.print')}
        </button>
        <button type="button" className="action" onClick={() => void copy()}>
          {t('effort.copy')}
        </button>
        {isWorker && (
          <button type="button" className="action" onClick={() => setNoting(true)}>
            {t('effort.note')}
          </button>
        )}
      </p>
      {isNoting && <EffortForm partyId={partyId} onDone={() => setNoting(false)} />}
      <p className="small quiet no-print">{t('effort.what')}</p>
      {!efforts && <p className="quiet">{t('list.loading')}</p>}
      {efforts && (
        <>
          <p>{answersWords(efforts)}</p>
          {efforts.isCut && <p className="small quiet">{t('effort.cut')}</p>}
          {efforts.items.length === 0 && <p className="quiet">{t('effort.empty')}</p>}
          {efforts.items.length > 0 && (
            <ol className="sheet effort-list">
              {efforts.items.map((effort) => (
                <EffortItem key={effort.number} effort={effort} partyId={partyId} isWorker={isWorker} />
              ))}
            </ol>
          )}
          {efforts.leftOut > 0 && (
            <p className="small quiet">{t('effort.leftOut', { count: efforts.leftOut })}</p>
          )}
          {(efforts.leftOut > 0 || isAll) && (
            <Checkbox
              className="no-print"
              label={t('effort.showAll')}
              checked={isAll}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
          )}
        </>
      )}
    </section>
  );
}
