const WORDS: ReadonlySet<string> = new Set(
  `ya vy ty mne menya vas vam vami vash vasha vashi nas nam nash moi moya moy ne net na chto chtoby eto etot eta esli kak
  kogda gde pochemu uzhe eshe escho budu budet bylo byl byla prosto tolko tak ili zhe dengi deneg za ot iz ko vse vsem
  nikto nikogda nikomu bolshe nado nuzhno hochu mozhno spasibo pozhaluysta zdravstvuyte privet skolko pro etu plohoy`.split(
    /\s+/,
  ),
);

/** Russian function words as they are typed in Latin letters. */
export function isTransliterated(form: string): boolean {
  return WORDS.has(form);
}
