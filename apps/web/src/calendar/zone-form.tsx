import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { READER_ZONE } from '../words/when.ts';
import { moveTo } from './calendar.queries.ts';

/** Whose clocks ours are: a server's own zone may be anybody's. */
export function ZoneForm({ zone }: { zone: string }) {
  const [wish, setWish] = useState(zone);
  const moving = useMutation({ mutationFn: moveTo });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    moving.mutate(wish.trim());
  };
  const takeReaders = () => {
    setWish(READER_ZONE);
    moving.mutate(READER_ZONE);
  };
  return (
    <form className="calendar-form" onSubmit={submit}>
      <label>
        {t('daysOff.zone')}
        <input
          type="text"
          list="calendar-zones"
          required
          value={wish}
          onChange={(event) => setWish(event.currentTarget.value)}
        />
      </label>
      <datalist id="calendar-zones">
        {Intl.supportedValuesOf('timeZone').map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <button type="submit" className="action" disabled={wish.trim() === zone} {...staying(moving.isPending)}>
        {t('daysOff.setZone')}
      </button>
      {zone !== READER_ZONE && (
        <button type="button" className="action" {...staying(moving.isPending)} onClick={takeReaders}>
          {t('daysOff.useZone', { zone: READER_ZONE })}
        </button>
      )}
      {moving.error && (
        <p className="notice calendar-wrong" role="alert">
          {problemWords(moving.error)}
        </p>
      )}
    </form>
  );
}
