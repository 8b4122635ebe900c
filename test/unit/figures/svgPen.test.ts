import assert from 'node:assert/strict';
import { plainSvg } from '../../../webview/figures/plainSvg';
import { SvgPen } from '../../../webview/figures/svgPen';

const measure = () => (text: string) => 6 * text.length;

describe('a painter’s strokes as SVG', () => {
  let pen: SvgPen;
  beforeEach(() => {
    pen = new SvgPen('figure-x', measure);
  });

  it('are paths with plain colours and their opacity', () => {
    pen.fillStyle = 'rgba(128, 128, 128, 0.5)';
    pen.globalAlpha = 0.5;
    pen.fillRect(1, 2, 3, 4);
    assert.equal(pen.svg, '<path d="M1 2L4 2L4 6L1 6L1 2Z" fill="#808080" fill-opacity="0.25"/>');
  });

  it('are lines with their width, dashes and joins', () => {
    pen.strokeStyle = '#0072b2';
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    pen.setLineDash([6, 4]);
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(10.126, 5);
    pen.stroke();
    assert.equal(
      pen.svg,
      '<path d="M0 0L10.13 5" fill="none" stroke="#0072b2" stroke-width="2" stroke-linejoin="round" stroke-dasharray="6 4"/>',
    );
  });

  it('keep texts as texts, escaped, at the baseline of every program', () => {
    pen.font = 'bold 10px sans-serif';
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.fillText('<a & "b">\u0001', 20, 30);
    assert.equal(
      pen.svg,
      '<text x="20" y="33.5" font-family="sans-serif" font-size="10" font-weight="bold" text-anchor="end" fill="#000000">&lt;a &amp; &quot;b&quot;&gt;\ufffd</text>',
    );
  });

  it('are moved and turned as on a canvas, until that is restored', () => {
    pen.save();
    pen.translate(100, 50);
    pen.rotate(Math.PI / 2);
    pen.beginPath();
    pen.moveTo(10, 0);
    pen.lineTo(10, 5);
    pen.stroke();
    pen.fillText('x', 0, 0);
    pen.restore();
    pen.fillText('y', 1, 2);
    const [line, turned, plain] = pen.svg.split('\n');
    assert.match(line!, /d="M100 60L95 60"/u);
    assert.match(turned!, /transform="matrix\(0 1 -1 0 100 50\)"/u);
    assert.match(plain!, /x="1" y="2"/u);
    assert.doesNotMatch(plain!, /transform/u);
  });

  it('draw whole circles and parts of them', () => {
    pen.beginPath();
    pen.arc(10, 10, 5, 0, 2 * Math.PI);
    pen.fill();
    assert.match(pen.svg, /d="M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10"/u);
  });

  it('are clipped to a path, with ids of their own', () => {
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, 10, 10);
    pen.clip();
    pen.fillRect(5, 5, 20, 20);
    pen.restore();
    pen.fillRect(0, 0, 1, 1);
    const [clip, inside, outside] = pen.svg.split('\n');
    assert.match(clip!, /^<clipPath id="figure-x-clip-1">/u);
    assert.match(inside!, /^<g clip-path="url\(#figure-x-clip-1\)"><path/u);
    assert.match(outside!, /^<path/u);
  });

  it('refuse what they cannot record', () => {
    pen.fillStyle = {} as CanvasGradient;
    assert.throws(() => {
      pen.fillRect(0, 0, 1, 1);
    }, TypeError);
  });
});

describe('a chart of ECharts as plain SVG', () => {
  it('has attributes that every program knows, and ids of its own', () => {
    const elements =
      '<g clip-path="url(#zr3-c0)"><text dominant-baseline="central" style="font-size:11px;font-family:sans-serif;" class="zr3-cls-0" x="1">a</text></g>' +
      '<defs ><clipPath id="zr3-c0"></clipPath></defs><style ><![CDATA[.zr3-cls-0:hover { fill:red; }]]></style>';
    assert.equal(
      plainSvg(elements, 'figure-x'),
      '<g clip-path="url(#figure-x-c0)"><text dy="0.35em" font-size="11" font-family="sans-serif" x="1">a</text></g>' +
        '<defs ><clipPath id="figure-x-c0"></clipPath></defs>',
    );
  });
});
