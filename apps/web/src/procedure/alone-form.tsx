import { askToGoOnAlone } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import type { Now } from './procedure.queries.ts';
import { ReasonForm } from './reason-form.tsx';

type Given = { procedure: Procedure; now: Now };

/** Who has to look a second time; for somebody who works alone, a reason and a day instead. */
export function AloneForm({ procedure: { id }, now: { step, second } }: Given) {
  const who = useWho();
  if (!second?.firstActor) return null;
  if (!second.isAlone)
    return <p className="notice">{t('procedure.needsOther', { who: who(second.firstActor) })}</p>;
  if (second.asked)
    return <p className="notice">{t('procedure.waits', { until: momentOf(second.asked.until) })}</p>;
  return (
    <ReasonForm
      opens={t('procedure.alone')}
      explains={t('procedure.aloneWhen')}
      does={t('procedure.aloneNow')}
      run={(reason) => askToGoOnAlone({ path: { id, step }, body: { reason } })}
    />
  );
}
