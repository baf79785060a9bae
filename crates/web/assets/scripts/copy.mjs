// A button on each block of code that copies it.

/** How long a button says that it has copied, in milliseconds. */
const SAID = 2000;

/** Puts a button on every block of code inside an element. */
export function offerCopies(inside) {
  for (const block of inside.querySelectorAll('figure.code')) {
    const code = block.querySelector('pre');
    if (code && !block.querySelector('.copy')) block.append(button(code));
  }
}

function button(code) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  let back;
  button.addEventListener('click', async () => {
    const done = await copy(code);
    button.textContent = done ? 'Copied' : 'Not copied';
    button.classList.toggle('done', done);
    announce(done ? 'Copied' : 'The browser did not let it be copied');
    clearTimeout(back);
    back = setTimeout(() => {
      button.textContent = 'Copy';
      button.classList.remove('done');
    }, SAID);
  });
  return button;
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    // Without https the clipboard is closed, except for what is selected.
    getSelection().selectAllChildren(code);
    const done = document.execCommand('copy');
    getSelection().removeAllRanges();
    return done;
  }
}

/** Says something to who listens to the page. */
function announce(text) {
  let place = document.querySelector('#announced');
  if (!place) {
    place = document.createElement('p');
    place.id = 'announced';
    place.className = 'unseen';
    place.setAttribute('role', 'status');
    document.querySelector('main').append(place);
  }
  place.textContent = text;
}
