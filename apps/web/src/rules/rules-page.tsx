import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { ChangesSection } from './changes-section.tsx';
import { MeasuredSection } from './measured-section.tsx';
import { ModelCard } from './model-card.tsx';
import { RulesSection } from './rules-section.tsx';
import { SettingsSection } from './settings-section.tsx';
import '../language/language.css';
import './rules.css';

/** How texts are read here: the hours we keep, what the rules find and how well, and each rule with its switch. */
export function RulesPage() {
  return (
    <div className="page">
      <PageTitle says={t('rules.title')} />
      <header className="page-head">
        <h1>{t('rules.title')}</h1>
      </header>
      <p className="quiet rules-what">{t('rules.what')}</p>
      <SettingsSection />
      <ChangesSection />
      <MeasuredSection />
      <ModelCard />
      <RulesSection />
    </div>
  );
}
