import { useState } from 'react';
import { NeutralCheck } from '../by-hand/neutral-check.tsx';
import { changeCase } from '../generated/sdk.gen.ts';
import type { Case } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { Act, wordsOf } from './act.tsx';

/** Title and what we want; a title that judges is pointed out and kept all the same. */
export function ChangeCase({ found }: { found: Case }) {
  const change = (fields: FormData) =>
    changeCase({
      path: { id: found.id },
      body: { title: wordsOf(fields, 'title'), wanted: wordsOf(fields, 'wanted') || null },
    });
  return (
    <Act says={t('case.change')} run={change}>
      <CaseFields title={found.title} wanted={found.wanted ?? ''} />
    </Act>
  );
}

export function CaseFields({ title, wanted }: { title: string; wanted: string }) {
  const [typed, setTyped] = useState(title);
  return (
    <>
      <label className="field">
        {t('case.title')}
        <input
          name="title"
          maxLength={300}
          required
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p className="small quiet">{t('case.titleHow')}</p>
      <NeutralCheck text={typed} />
      <label className="field">
        {t('case.wanted')}
        <textarea name="wanted" rows={2} defaultValue={wanted} />
      </label>
    </>
  );
}
