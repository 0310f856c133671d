// The editor of route files: a plain text area without this script.
const form = document.querySelector('#editor');
const area = document.querySelector('#text');
const list = document.querySelector('#findings');
const effect = document.querySelector('#effect');
const CHECK_MILLIS = 500;

const editor = CodeMirror.fromTextArea(area, {
  mode: 'yaml',
  inputStyle: 'contenteditable', // what screen readers follow
  screenReaderLabel: document.querySelector('#text-label').textContent,
  lineNumbers: true,
  lineWrapping: window.matchMedia('(max-width: 52rem)').matches,
  indentUnit: 2,
  tabSize: 2,
  autoCloseBrackets: true,
  gutters: ['marks', 'CodeMirror-linenumbers'],
  extraKeys: {
    Tab: (cm) => (cm.somethingSelected() ? cm.indentSelection('add') : cm.execCommand('insertSoftTab')),
    'Shift-Tab': (cm) => cm.indentSelection('subtract'),
    Esc: (cm) => leaveByTab(cm),
    'Ctrl-Space': (cm) => complete(cm),
    'Ctrl-/': (cm) => cm.toggleComment(),
  },
});
document.body.classList.add('has-editor');
const field = editor.getInputField();
field.setAttribute('role', 'textbox');
field.setAttribute('aria-multiline', 'true');
field.setAttribute('aria-describedby', 'keys findings');
document.querySelector('#text-label').addEventListener('click', () => editor.focus());

// After Esc, Tab is the browser's: nobody is kept in the editor.
const leaving = { Tab: false, 'Shift-Tab': false };
function leaveByTab(cm) {
  cm.removeKeyMap(leaving);
  cm.addKeyMap(leaving);
}
editor.on('blur', (cm) => cm.removeKeyMap(leaving));
editor.on('beforeChange', (cm) => cm.removeKeyMap(leaving));

async function ask(path, more) {
  editor.save();
  const body = new URLSearchParams(new FormData(form));
  Object.entries(more ?? {}).forEach(([name, value]) => body.set(name, value));
  const answer = await fetch(path, { method: 'POST', body, headers: { 'HX-Request': 'true' } });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  return answer.json();
}

let marks = [];
let wrongLines = [];

function show(findings) {
  marks.forEach((mark) => mark.clear());
  wrongLines.forEach((line) => editor.removeLineClass(line, 'background', 'wrong-line'));
  editor.clearGutter('marks');
  marks = [];
  wrongLines = [];
  const byLine = new Map();
  for (const finding of findings.filter((each) => each.line > 0)) {
    const line = Math.min(finding.line, editor.lineCount()) - 1;
    byLine.set(line, [...(byLine.get(line) ?? []), finding.message]);
    const word = editor.findWordAt({ line, ch: finding.column - 1 });
    marks.push(editor.markText(word.anchor, word.head, { className: 'wrong' }));
  }
  byLine.forEach((messages, line) => {
    wrongLines.push(editor.addLineClass(line, 'background', 'wrong-line'));
    editor.setGutterMarker(line, 'marks', mark(messages));
  });
}

function mark(messages) {
  const sign = document.createElement('span');
  sign.className = 'mark';
  sign.title = messages.join('\n');
  sign.textContent = '●';
  return sign;
}

function tell(findings) {
  list.replaceChildren(
    ...findings.map((finding) => {
      const item = document.createElement('li');
      if (finding.line > 0) {
        const link = document.createElement('a');
        link.href = '#text';
        link.dataset.line = finding.line;
        link.dataset.column = finding.column;
        link.textContent = `Line ${finding.line}, column ${finding.column}`;
        item.append(link, ' ');
      }
      item.append(finding.message);
      return item;
    }),
  );
}

let asked = 0;
let timer;

async function check() {
  const mine = ++asked;
  try {
    const checked = await ask('/console/route-files/check');
    if (mine === asked) {
      show(checked.findings);
      tell(checked.findings);
      effect.textContent = checked.effect;
    }
  } catch (failure) {
    if (mine === asked) {
      effect.textContent = 'It could not be checked now.';
    }
  }
}

function checkSoon() {
  asked++;
  clearTimeout(timer);
  timer = setTimeout(check, CHECK_MILLIS);
}

editor.on('change', checkSoon);
document.querySelector('#name')?.addEventListener('input', checkSoon);
list.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-line]');
  if (link) {
    event.preventDefault();
    editor.focus();
    editor.setCursor({ line: link.dataset.line - 1, ch: link.dataset.column - 1 });
  }
});
show(
  [...list.querySelectorAll('li')].map((item) => {
    const link = item.querySelector('a');
    return {
      line: Number(link?.dataset.line ?? 0),
      column: Number(link?.dataset.column ?? 0),
      message: item.querySelector('span').textContent,
    };
  }),
);

async function proposals(cm) {
  const cursor = cm.getCursor();
  const here = { line: cursor.line + 1, column: cursor.ch + 1 };
  // without an answer nothing is proposed now; the next letter asks again
  const answer = await ask('/console/route-files/complete', here).catch(() => ({ column: here.column, items: [] }));
  const found = {
    from: CodeMirror.Pos(cursor.line, answer.column - 1),
    to: cursor,
    list: answer.items.map((item) => ({
      text: item.text,
      render: (element) => {
        element.append(item.text);
        if (item.description) {
          const about = document.createElement('span');
          about.className = 'about';
          about.textContent = item.description;
          element.append(about);
        }
      },
    })),
  };
  CodeMirror.on(found, 'shown', () => {
    document.querySelector('.CodeMirror-hints').setAttribute('aria-label', 'What may stand here');
  });
  return found;
}

function complete(cm) {
  const container = document.querySelector('main');
  cm.showHint({ hint: proposals, container, completeSingle: false, closeCharacters: /[\s()[\]{};>,]/ });
}

editor.on('inputRead', (cm, change) => {
  if (!cm.state.completionActive && /^[\w:-]$/.test(change.text.join(''))) {
    complete(cm);
  }
});

form.addEventListener('submit', () => editor.save());
document.body.addEventListener('htmx:configRequest', (event) => {
  event.detail.parameters.text = editor.getValue();
});
