// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_page.h"

#include "core/report/format.h"

namespace halfopen::report {

namespace {

/// Patterns that several pictures share. Not display:none, which would switch them off.
constexpr std::string_view kPatterns =
    R"svg(<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="hatch-half" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-half-ground"/><line x1="0" y1="0" x2="0" y2="6" class="hatch-half-line"/></pattern>
<pattern id="hatch-wasted" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" class="hatch-wasted-line"/></pattern>
</defs></svg>
)svg";

} // namespace

// The colours are those of ui/theme: outcome colours from the Okabe-Ito set, contrast checked
// there.
std::string_view pageStyle()
{
    return R"css(
:root{color-scheme:light dark;
--window:#f5f6f8;--panel:#fff;--raised:#eceff3;--text:#1a1d23;--second:#505967;--grid:#e1e5ea;--divider:#d3d9e0;
--accent:#0b63ce;--success:#0072b2;--error:#c44e00;--timeout:#b37a00;--rejected:#a8487f;--fallback:#00795a;--off:#8b94a3;
--shade:rgba(196,78,0,.09)}
@media screen and (prefers-color-scheme:dark){:root{
--window:#14171c;--panel:#1b1f26;--raised:#242a33;--text:#e6e9ee;--second:#a5adba;--grid:#2b323d;--divider:#323a46;
--accent:#4c9aff;--success:#56b4e9;--error:#d55e00;--timeout:#e69f00;--rejected:#cc79a7;--fallback:#009e73;--off:#6b7482;
--shade:rgba(213,94,0,.16)}}
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);font:14px/1.45 Inter,"Segoe UI",system-ui,"Helvetica Neue",Arial,sans-serif;
font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:1240px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:24px;font-weight:650;margin:0 0 4px;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:16px;font-weight:600;margin:36px 0 12px}
h3{font-size:14px;font-weight:600;margin:0 0 2px;overflow-wrap:anywhere}
p{margin:0}
.question{white-space:pre-line;font-size:15px;color:var(--second);max-width:75ch;overflow-wrap:anywhere}
.facts{margin-top:8px;color:var(--second);font-size:12.5px}
.facts span{white-space:nowrap}
.facts span+span::before{content:"·";margin:0 .5em}
.notice{margin-top:12px;padding:8px 12px;border-left:3px solid var(--timeout);background:var(--panel)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(172px,1fr));gap:12px;margin-top:20px}
.tile{background:var(--panel);border:1px solid var(--divider);border-radius:4px;padding:12px 14px}
.tile .name{font-size:12px;color:var(--second)}
.tile .value{font-size:24px;font-weight:600;letter-spacing:-.01em;line-height:1.3;white-space:nowrap}
.tile .note{font-size:12px;color:var(--second)}
.tile.bad .value{color:var(--error)}
.tracks{background:var(--panel);border:1px solid var(--divider);border-radius:4px}
.track{display:grid;grid-template-columns:212px minmax(0,1fr);gap:12px;padding:12px;break-inside:avoid}
.track+.track{border-top:1px solid var(--divider)}
.gutter p{font-size:12px;color:var(--second);line-height:1.35}
.legend{list-style:none;margin:6px 0 0;padding:0;font-size:12px;line-height:1.55}
.swatch{width:12px;height:12px;margin-right:7px;vertical-align:-1.5px;overflow:visible}
svg.chart{display:block;width:100%;height:auto;overflow:visible}
svg text{font-family:inherit;fill:var(--second);font-size:11.5px}
svg text.note{fill:var(--text);font-size:12px}
.grid{stroke:var(--grid);stroke-width:1;shape-rendering:crispEdges}
.axis{stroke:var(--divider);stroke-width:1;shape-rendering:crispEdges}
.marker{stroke:var(--second);stroke-width:1;stroke-dasharray:2 3}
.fault-shade{fill:var(--shade)}
.fault{fill:var(--error);fill-opacity:.55}
.change-mark{stroke:var(--accent);stroke-width:1;stroke-dasharray:4 3}
.change{fill:var(--accent)}
.area{stroke:none}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
.o-success{fill:var(--success)}.o-fallback{fill:var(--fallback)}.o-error{fill:var(--error)}.o-timeout{fill:var(--timeout)}
.o-rejected{fill:var(--error);fill-opacity:.66}.o-connection_refused{fill:var(--error);fill-opacity:.45}
.o-connection_reset{fill:var(--error);fill-opacity:.3}.o-circuit_breaker_open{fill:var(--rejected)}
.o-bulkhead_full{fill:var(--rejected);fill-opacity:.66}.o-rate_limited{fill:var(--rejected);fill-opacity:.42}
.o-throttled{fill:var(--rejected);fill-opacity:.3}.o-unhealthy{fill:var(--rejected);fill-opacity:.2}
.o-cancelled{fill:var(--off)}
.l-offered{stroke:var(--text)}.l-attempts{stroke:var(--timeout)}.l-good{stroke:var(--success)}.l-bad{stroke:var(--error)}
.l-queue{stroke:var(--text)}
.l-p50{stroke:var(--success)}.l-p90{stroke:var(--fallback)}.l-p99{stroke:var(--timeout)}.l-p99_9{stroke:var(--error)}
.w-1{stroke-width:2.6;stroke-opacity:.8}.w-2{stroke-width:3.8;stroke-opacity:.65}.w-3,.w-4{stroke-width:5;stroke-opacity:.5}
.v-0{stroke:var(--text)}.v-1{stroke:var(--success)}.v-2{stroke:var(--error)}.v-3{stroke:var(--fallback)}
.v-4{stroke:var(--rejected)}.v-5{stroke:var(--timeout)}.v-6{stroke:var(--accent)}.v-7{stroke:var(--off)}
.v-4,.v-5,.v-6,.v-7{stroke-dasharray:6 3}td.lost{color:var(--timeout)}
.dots{fill:none;stroke-linecap:round;stroke-width:3;stroke-opacity:.6}.dots.big{stroke-width:7;stroke-opacity:1}
.d-1{stroke:var(--success)}.d-2{stroke:var(--timeout)}.d-3{stroke:var(--error)}
.busy{fill:var(--success);fill-opacity:.35}.wasted{fill:url(#hatch-wasted)}
.s-closed{fill:var(--success)}.s-open{fill:var(--error)}.s-half{fill:url(#hatch-half)}
.s-forced{fill:var(--error);stroke:var(--text);stroke-width:1.5}.s-disabled{fill:none;stroke:var(--second)}
.s-metrics{fill:none;stroke:var(--second);stroke-dasharray:1 3}
.hatch-half-ground{fill:var(--timeout);fill-opacity:.45}.hatch-half-line{stroke:var(--timeout);stroke-width:2.5}
.hatch-wasted-line{stroke:var(--error);stroke-width:1.6}
.cross{stroke:var(--accent);stroke-width:1;pointer-events:none}
#tip{position:fixed;z-index:9;display:none;pointer-events:none;background:var(--raised);border:1px solid var(--divider);border-radius:4px;
padding:6px 9px;font-size:12px;line-height:1.5;box-shadow:0 3px 12px rgba(0,0,0,.25)}
#tip b{font-weight:600}#tip td{padding:0 0 0 12px;border:0;text-align:right}#tip td:first-child{padding:0;text-align:left;color:var(--second)}
#tip table{width:auto;background:none}
.scroll{overflow-x:auto;background:var(--panel);border:1px solid var(--divider);border-radius:4px}
table{border-collapse:collapse;width:100%;font-size:12.5px}
th,td{padding:5px 12px;text-align:right;white-space:nowrap;border-top:1px solid var(--grid);vertical-align:top}
thead th{border-top:0;color:var(--second);font-weight:500}
th:first-child,td:first-child,.left{text-align:left}
td.wrap{white-space:normal;text-align:left;min-width:26ch;overflow-wrap:anywhere}
tr.part td{color:var(--second)}
.met{color:var(--fallback);font-weight:600}.missed{color:var(--error);font-weight:600}
.more{padding:6px 12px;color:var(--second);font-size:12.5px;border-top:1px solid var(--grid)}
pre{margin:0;padding:12px 14px;font:12px/1.5 "DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code{font:12px "DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{margin-top:28px;color:var(--second);font-size:12px}
@media (max-width:820px){main{padding:16px 12px}.track{grid-template-columns:1fr}.legend li{display:inline-block;margin-right:14px}}
@media print{@page{margin:12mm}:root{--window:#fff}body{font-size:11px}main{max-width:none;padding:0}h2{break-after:avoid;margin-top:20px}
.tiles{grid-template-columns:repeat(6,1fr);gap:6px}.tile{break-inside:avoid;padding:6px 8px}.tile .value{font-size:16px}.tile .note,.tile .name{font-size:9.5px}
.track{grid-template-columns:150px minmax(0,1fr);padding:8px}.gutter p,.legend{font-size:9.5px}
th,td{padding:3px 6px;font-size:9px}td.wrap{min-width:0}tr{break-inside:avoid}.scroll{overflow:visible}pre{font-size:8.5px}thead{display:table-header-group}}
)css";
}

std::string_view pageScript()
{
    return R"js(
(function(){
"use strict";
var data=JSON.parse(document.getElementById("data").textContent),tip=document.getElementById("tip");
var charts=[].slice.call(document.querySelectorAll("svg.chart[data-end]")),ns="http://www.w3.org/2000/svg";
charts.forEach(function(svg){
 var l=document.createElementNS(ns,"line");l.setAttribute("class","cross");l.setAttribute("visibility","hidden");
 l.setAttribute("y1",svg.dataset.y0);l.setAttribute("y2",svg.dataset.y1);svg.appendChild(l);svg.cross=l;
 svg.addEventListener("pointermove",function(e){move(svg,e)});svg.addEventListener("pointerleave",leave);
});
function sig(v){if(v===0)return"0";var a=Math.abs(v);if(a>=999.5)return Math.round(v).toLocaleString("en-US");
 return v.toFixed(a>=99.95?0:a>=9.995?1:a>=0.9995?2:a>=0.09995?3:4)}
function show(v,u){if(v===null||v===undefined)return"\u2013";
 if(u==="share")return(v*100).toFixed(1)+" %";if(u==="rate")return sig(v)+"/s";if(u==="count")return sig(v);
 if(v===0)return"0 s";return v<9.995e-4?sig(v*1e6)+" \u00b5s":v<.9995?sig(v*1e3)+" ms":sig(v)+" s"}
function column(t){var a=data.t,lo=0,hi=a.length-1;while(lo<hi){var m=(lo+hi+1)>>1;if(a[m]<=t)lo=m;else hi=m-1}return lo}
function move(svg,e){
 var box=svg.getBoundingClientRect(),d=svg.dataset,x=(e.clientX-box.left)/box.width*svg.viewBox.baseVal.width;
 var t=(x-d.x0)/(d.x1-d.x0)*d.end;if(t<0||t>d.end*1.0001||!data.t.length){leave();return}
 charts.forEach(function(c){var k=+c.dataset.x0+t/c.dataset.end*(c.dataset.x1-c.dataset.x0);
  c.cross.setAttribute("x1",k);c.cross.setAttribute("x2",k);c.cross.setAttribute("visibility","visible")});
 var lines=data.charts[d.chart];if(!lines){tip.style.display="none";return}
 var i=column(t),from=data.t[i],table=document.createElement("table");
 tip.textContent="";var head=document.createElement("b");
 head.textContent=from.toFixed(data.w[i]<1?3:1)+" s to "+(from+data.w[i]).toFixed(data.w[i]<1?3:1)+" s";tip.appendChild(head);
 lines.forEach(function(s){var r=table.insertRow();r.insertCell().textContent=s.n;r.insertCell().textContent=show(s.v[i],s.u)});
 tip.appendChild(table);tip.style.display="block";
 var w=tip.offsetWidth,h=tip.offsetHeight,px=e.clientX+16;if(px+w>innerWidth-8)px=e.clientX-w-16;
 tip.style.left=px+"px";tip.style.top=Math.max(8,Math.min(e.clientY+12,innerHeight-h-8))+"px"}
function leave(){tip.style.display="none";charts.forEach(function(c){c.cross.setAttribute("visibility","hidden")})}
})();
)js";
}

std::string pageBegin(std::string_view title)
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>" +
           escapeMarkup(title) + " \u2013 Halfopen</title>\n<style>" + std::string(pageStyle()) +
           "</style>\n</head>\n<body>\n" + std::string(kPatterns) + "<main>\n";
}

std::string pageEnd(std::string_view hoverJson)
{
    return "</main>\n<div id=\"tip\" role=\"status\"></div>\n<script type=\"application/json\" "
           "id=\"data\">" +
           std::string(hoverJson) + "</script>\n<script>" + std::string(pageScript()) +
           "</script>\n</body>\n</html>\n";
}

} // namespace halfopen::report
