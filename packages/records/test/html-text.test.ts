import { expect, test } from 'vitest';
import { htmlToText } from '../src/html-text.ts';

test.each([
  ['<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree'],
  ['<div>One</div><div>Two</div>', 'One\nTwo'],
  ['a &lt;b&gt; &amp; &#228; &#xE4; &auml; &euro; &unknown; &#150;', 'a <b> & ä ä ä € &unknown; –'],
  ['<head><title>no</title><style>p{}</style></head><body>yes<script>no()</script></body>', 'yes'],
  ['<html><head>Words <b>in</b> the head<title>no</title></head></html>', 'Words in the head'],
  ['<blockquote>You wrote<br>this</blockquote><p>No.</p>', '> You wrote\n> this\n\nNo.'],
  ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a\tb\nc\td'],
  ['<pre>  two\n   three</pre>', '  two\n   three'],
  ['Look <b>here</b>, <i>now</i>!', 'Look here, now!'],
  ['<img src="cid:1" alt="the plan"> below', 'the plan below'],
  ['a < b and <notclosed', 'a < b and'],
  ['<style>never closed <p>text stays</p>', 'never closed\n\ntext stays'],
])('%s', (html, text) => {
  expect(htmlToText(html)).toBe(text);
});
