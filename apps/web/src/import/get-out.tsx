import { named, t } from '../words/t.ts';

/** What people ask for first stands first. */
const PROGRAMS = [
  'mail',
  'outlook',
  'whatsapp',
  'telegram',
  'signal',
  'sms',
  'imessage',
  'facebook',
  'slack',
  'teams',
  'discord',
  'google-chat',
  'linkedin',
  'vk',
  'skype',
  'zoom',
  'papers',
] as const;

/** How messages come out of the programs that hold them, folded away until somebody asks. */
export function GetOut() {
  return (
    <details className="get-out small">
      <summary>{t('getOut.title')}</summary>
      <dl>
        {PROGRAMS.map((program) => (
          <div key={program} className="get-out-one">
            <dt>{named('program', program)}</dt>
            <dd className="quiet">{named('getOut', program)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
