// The book is whole without this: it puts tables into another order and looks for names, where it may.

const plain = (text) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const filter = document.getElementById('filter');
if (filter) {
  const items = [...document.querySelectorAll('.filtered li')].map((item) => [item, plain(item.textContent)]);
  const said = document.querySelector('.filter output');
  const look = () => {
    const words = plain(filter.value).split(' ');
    let found = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) found++;
    }
    for (const section of document.querySelectorAll('main section'))
      section.hidden = !section.querySelector('li:not([hidden])');
    said.textContent = filter.value === '' ? '' : `${found} of ${items.length}`;
  };
  document.querySelector('.filter').hidden = false;
  filter.value = new URLSearchParams(location.search).get('q') ?? '';
  filter.addEventListener('input', look);
  look();
}

const order = new Intl.Collator('en', { numeric: true });
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.querySelectorAll('thead th')];
  heads.forEach((head, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const isUp = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      const key = (row) => row.cells[at].textContent.replaceAll(',', '').trim();
      const rows = [...table.tBodies[0].rows].sort((a, b) => (isUp ? 1 : -1) * order.compare(key(a), key(b)));
      table.tBodies[0].append(...rows);
    });
  });
}
