// The language that samples are shown in: the style sheet shows what is chosen, this remembers it for the next page.

const KEPT = 'penstock.language';

/** Chooses what was chosen before, and keeps what is chosen next. */
export function rememberLanguage(page) {
  const choices = [...page.querySelectorAll('.languages input')];
  const kept = read();
  for (const choice of choices) {
    if (choice.value === kept) choice.checked = true;
    choice.addEventListener('change', () => keep(choice.value));
  }
}

// A browser may forbid storage: then nothing is remembered.
function read() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(language) {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // As said above.
  }
}
