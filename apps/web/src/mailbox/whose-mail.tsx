import { useQuery } from '@tanstack/react-query';
import { listParties } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import type { MailboxDraft } from './mailbox-draft.ts';

type Given = { draft: MailboxDraft; change: (change: Partial<MailboxDraft>) => void };

const MOST_SHOWN = 200;

/** Whose mail is taken. Of everybody else's only the count is kept. */
export function WhoseMail({ draft: { allows, parties }, change }: Given) {
  const { data } = useQuery({
    queryKey: ['parties', 'of-mailbox'],
    queryFn: ({ signal }) => listParties({ query: { limit: MOST_SHOWN }, signal }),
    enabled: allows === 'chosen',
  });
  const toggle = (id: string, isIn: boolean) =>
    change({ parties: isIn ? [...parties, id] : parties.filter((one) => one !== id) });
  return (
    <fieldset className="mailbox-whose">
      <legend>{t('mailbox.whose')}</legend>
      {(['known', 'chosen'] as const).map((each) => (
        <label key={each} className="row">
          <input
            type="radio"
            name="allows"
            checked={allows === each}
            onChange={() => change({ allows: each })}
          />
          {t(`mailbox.allows.${each}`)}
        </label>
      ))}
      <p className="small quiet">{t('mailbox.whoseWhat')}</p>
      {allows === 'chosen' && (
        <ul className="mailbox-parties">
          {data?.items.map(({ id, name }) => (
            <li key={id}>
              <label className="row">
                <input
                  type="checkbox"
                  checked={parties.includes(id)}
                  onChange={(event) => toggle(id, event.currentTarget.checked)}
                />
                {name}
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
