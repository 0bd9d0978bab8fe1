import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { setCustodySettings } from '../generated/sdk.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { staying } from '../shell/staying.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { custodySettingsQuery } from './custody.queries.ts';
import './custody.css';

/** Whether ordinary reading by members is noted too; whoever may be noted sees it. */
export function NotesReading({ mayChoose }: { mayChoose: boolean }) {
  const queries = useQueryClient();
  const { data } = useQuery(custodySettingsQuery);
  const choosing = useMutation({
    mutationFn: (notesReading: boolean) => setCustodySettings({ body: { notesReading } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: custodySettingsQuery.queryKey }),
  });
  if (!data) return null;
  return (
    <section className="section" aria-labelledby="custody-reading">
      <h2 id="custody-reading">{t('custody.reading')}</h2>
      <p className="small quiet">{t('custody.readingWhat')}</p>
      <label className="check">
        <input
          type="checkbox"
          checked={data.notesReading}
          disabled={!mayChoose}
          {...staying(choosing.isPending)}
          onChange={(event) => choosing.mutate(event.target.checked)}
        />
        {t('custody.readingOn')}
        {data.notesReading && data.setAt && ` · ${t('custody.readingSince', { date: dateOf(data.setAt) })}`}
      </label>
      {!mayChoose && <p className="small quiet">{t('custody.readingOwner')}</p>}
    </section>
  );
}

/** A line that every member sees on every page while their reading is noted. */
export function ReadingNoted() {
  const { data: session } = useSession();
  const isMember = session?.member !== null && session?.member !== undefined;
  const { data } = useQuery({ ...custodySettingsQuery, enabled: isMember });
  return data?.notesReading ? <p className="reading-noted">{t('custody.noted')}</p> : null;
}
