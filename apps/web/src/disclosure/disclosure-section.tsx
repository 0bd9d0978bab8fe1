import type { Disclosing } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Choice, DisclosingItem, Kind } from './disclosure.queries.ts';
import type { Deciding } from './use-disclosing.ts';
import './disclosure.css';

type Shown = { found: Disclosing; deciding: Deciding };

const MOST_SHOWN = 100;

/** Before a bundle is made: what gives us away, by its kind, to be sent or withheld; single files otherwise. */
export function DisclosureSection({ found, deciding }: Shown) {
  const { items, isGuarded, knows } = found;
  if (items.length === 0) return <p className="small quiet">{t('disclose.nothing')}</p>;
  const kinds = [...new Set(items.flatMap((item) => item.found.map(({ kind }) => kind)))];
  const all = (choice: Choice) => deciding.chooseKinds(kinds, choice);
  return (
    <fieldset className="disclose">
      <legend>{t('disclose.title', { count: items.length })}</legend>
      <p className="small quiet">
        {isGuarded ? t('disclose.whyGuarded', { name: knows ?? '' }) : t('disclose.why')}
      </p>
      <div className="row">
        <button type="button" className="action" onClick={() => all('withhold')}>
          {t('disclose.withholdAll')}
        </button>
        <button type="button" className="action" onClick={() => all('send')}>
          {t('disclose.sendAll')}
        </button>
      </div>
      <ul>
        {kinds.map((kind) => (
          <Group key={kind} kind={kind} items={items} deciding={deciding} />
        ))}
      </ul>
    </fieldset>
  );
}

type One = { kind: Kind; items: readonly DisclosingItem[]; deciding: Deciding };

/** One kind of thing, what happens to the files that say it, and behind one line the files themselves. */
function Group({ kind, items, deciding }: One) {
  const saying = items.filter(({ found }) => found.some((one) => one.kind === kind));
  const says = t('disclose.group', { what: named('disclosing', kind), count: saying.length });
  return (
    <li>
      <ChoiceOf
        name={`disclose-${kind}`}
        about={says}
        choice={deciding.kindOf(kind)}
        onChoose={(choice) => deciding.chooseKinds([kind], choice)}
      />
      <details className="small">
        <summary>{t('disclose.each')}</summary>
        <ul>
          {saying.slice(0, MOST_SHOWN).map((item) => (
            <Item key={item.interactionId} kind={kind} item={item} deciding={deciding} />
          ))}
        </ul>
        {saying.length > MOST_SHOWN && (
          <p className="quiet">{t('disclose.more', { count: saying.length - MOST_SHOWN })}</p>
        )}
      </details>
    </li>
  );
}

/** A file goes as a whole: whoever decides about it here decides about all it says. */
function Item({ kind, item, deciding }: { kind: Kind; item: DisclosingItem; deciding: Deciding }) {
  const { interactionId, at, subject, found } = item;
  const about = subject || t('disclose.noSubject');
  return (
    <li>
      <ChoiceOf
        name={`disclose-${kind}-${interactionId}`}
        about={`${about}, ${dateOf(at)}`}
        choice={deciding.choiceOf(item)}
        onChoose={(choice) => deciding.chooseOne(interactionId, choice)}
      />
      <ul>
        {found.map(({ kind: each, where, says }) => (
          <li key={`${each}-${where}-${says}`} className={each === kind ? undefined : 'quiet'}>
            {named('disclosing', each)}: <q>{says}</q>
            {where && <span className="quiet"> · {where === 'log' ? t('disclose.inLog') : where}</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}

type Choosing = {
  name: string;
  about: string;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
};

function ChoiceOf({ name, about, choice, onChoose }: Choosing) {
  return (
    <div className="disclose-choice" role="radiogroup" aria-label={about}>
      <span className="disclose-about">{about}</span>
      {(['withhold', 'send'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={choice === each} onChange={() => onChoose(each)} />
          {named('disclose', each)}
        </label>
      ))}
    </div>
  );
}
