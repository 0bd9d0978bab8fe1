/**
 * Words that letters hold often though they are searched for: no good place to begin looking for a pattern. They change
 * how fast rules run, never what they find.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `get got go going want need like know take make making let call check tell time work good back see look give find
  send sent come use used think new day one two first last next today tomorrow well way people office support team
  help change move put set keep stay long every everything nothing something anything never always other another
  being done made still only really actually great best right sure thing things many much may might must shall
  pay money meeting meet mail email message read write wrote said say ask asked without both off days week number
  можно надо нужно есть будет будут теперь сейчас сегодня больше вообще никогда ничего всегда просто очень хорошо
  который раз один одна одно два время дня день кого кем вот такой такая такое такие много какой какая какие мой моя
  моей мое меня тебя тебе лучше сделать делать знаю знать сказать говорить почему потому где куда конечно мог может
  могу можем могут хотя пока опять снова нечего
  kaikki ihan aivan vaikka tulee tuli saa saan saat menee oma omaa itse pitää pitäisi täytyy hyvä hyvin enää sitä aina
  jotain joku yksi kaksi asia asian työ mies päivä edes paljon heti asiaa koskaan ikinä kaiken muut muuta takia taas
  turha siinä tästä pois ajan aika kerran tehdä olla antaa minua mua sulle mulle sun mun mä sä tää ole kiitos koko`
    .trim()
    .split(/\s+/),
);
