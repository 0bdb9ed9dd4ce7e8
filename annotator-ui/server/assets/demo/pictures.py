"""Draws the six pictures of `pixmo annotate demo` as SVG files into the current folder.

They were turned into the JPEG files beside this script by a browser:
    chromium --headless --window-size=960,640 --screenshot=NAME.png NAME.svg
and saved with quality 82.
"""
import random, math
W,H=960,640
def svg(name, defs, body):
    open(name+'.svg','w').write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" viewBox="0 0 {W} {H}"><defs>{defs}</defs>{body}</svg>\n')
def grad(i,a,b): return f'<linearGradient id="{i}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{a}"/><stop offset="1" stop-color="{b}"/></linearGradient>'
r=random.Random(7)
# balloons over hills
b=f'<rect width="{W}" height="{H}" fill="url(#s)"/><circle cx="800" cy="110" r="46" fill="#fff3b0"/>'
for x,y,k in[(150,120,1),(460,80,.7),(690,200,.8)]:
    b+=f'<g transform="translate({x} {y}) scale({k})" fill="#fff" opacity=".85"><ellipse rx="70" ry="24"/><ellipse cx="-30" cy="-18" rx="38" ry="26"/><ellipse cx="26" cy="-20" rx="44" ry="30"/></g>'
b+=f'<path d="M0 470 Q240 380 480 460 T960 430 V640 H0Z" fill="#7fb069"/><path d="M0 540 Q300 470 560 540 T960 520 V640 H0Z" fill="#588b4b"/>'
for i,(x,y,k) in enumerate([(170,260,1.0),(330,180,.8),(480,300,1.15),(640,220,.7),(760,330,.9),(870,250,.6),(70,380,.55)]):
    c=['#d7263d','#f46036','#2e294e','#1b998b','#e9c46a','#6a4c93','#3a86ff'][i]
    b+=f'<g transform="translate({x} {y}) scale({k})"><path d="M0 62 C-52 20 -56 -60 0 -66 C56 -60 52 20 0 62Z" fill="{c}"/><path d="M-14 60 C-34 10 -30 -58 0 -66 C30 -58 34 10 14 60Z" fill="#fff" opacity=".35"/><path d="M-12 60 L-9 82 M12 60 L9 82" stroke="#444" stroke-width="2"/><rect x="-12" y="82" width="24" height="17" rx="3" fill="#8d5a2b"/></g>'
svg('balloons',grad('s','#8ecae6','#e7f5ff'),b)
# cups and cookies on a table
b=f'<rect width="{W}" height="{H}" fill="#f1e3d3"/><rect y="250" width="{W}" height="390" fill="url(#w)"/>'
for y in range(270,640,52): b+=f'<path d="M0 {y} H960" stroke="#7a4a21" stroke-opacity=".25" stroke-width="3"/>'
for x,y,c in[(150,330,'#e63946'),(330,390,'#f1faee'),(520,330,'#457b9d'),(700,400,'#f1faee'),(850,320,'#2a9d8f')]:
    b+=f'<ellipse cx="{x}" cy="{y+74}" rx="74" ry="16" fill="#000" opacity=".18"/><path d="M{x-50} {y} V{y+50} Q{x-48} {y+76} {x} {y+76} Q{x+48} {y+76} {x+50} {y+50} V{y}Z" fill="{c}"/><path d="M{x+50} {y+14} q34 2 28 28 q-6 22 -30 18" fill="none" stroke="{c}" stroke-width="11"/><ellipse cx="{x}" cy="{y}" rx="50" ry="14" fill="#fff"/><ellipse cx="{x}" cy="{y+2}" rx="42" ry="10" fill="#4b2e1a"/>'
b+='<ellipse cx="430" cy="560" rx="190" ry="46" fill="#fdfdfd"/><ellipse cx="430" cy="556" rx="160" ry="36" fill="#e9ecef"/>'
for x,y in[(330,545),(390,560),(450,545),(510,560),(420,530),(560,545)]:
    b+=f'<ellipse cx="{x}" cy="{y}" rx="32" ry="17" fill="#c98b4b"/>'+''.join(f'<circle cx="{x+r.randint(-20,20)}" cy="{y+r.randint(-8,8)}" r="3.4" fill="#47270f"/>' for _ in range(6))
b+='<text x="60" y="110" font-family="Georgia,serif" font-size="54" fill="#7f4f24">Coffee &amp; Cookies</text><rect x="640" y="40" width="260" height="160" fill="#bde0fe" stroke="#8d6e4f" stroke-width="12"/><path d="M770 40 V200 M640 120 H900" stroke="#8d6e4f" stroke-width="8"/>'
svg('table',grad('w','#b07a45','#8a5a2b'),b)
# harbour
b=f'<rect width="{W}" height="{H}" fill="url(#s)"/><rect y="330" width="{W}" height="310" fill="url(#m)"/>'
for i in range(60):
    x,y=r.randint(0,960),r.randint(345,630); b+=f'<path d="M{x} {y} q12 -6 24 0 t24 0" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="2"/>'
b+='<path d="M0 330 L120 250 L230 330Z M180 330 L340 210 L520 330Z M460 330 L600 270 L730 330Z" fill="#6d6875"/><path d="M880 330 V170 h34 V330Z" fill="#f8f9fa"/><path d="M880 210 h34 v26 h-34Z M880 270 h34 v26 h-34Z" fill="#d62828"/><path d="M874 170 h46 l-8 -32 h-30Z" fill="#343a40"/><circle cx="897" cy="150" r="8" fill="#ffd166"/>'
for x,y,k,c in[(140,430,1,'#e76f51'),(350,390,.75,'#264653'),(560,470,1.15,'#f4a261'),(770,410,.8,'#2a9d8f'),(300,570,1.1,'#9d0208')]:
    b+=f'<g transform="translate({x} {y}) scale({k})"><path d="M-80 0 H80 L56 36 H-58Z" fill="{c}"/><path d="M0 -6 V-130" stroke="#5c4033" stroke-width="5"/><path d="M5 -126 L70 -14 H5Z" fill="#fff"/><path d="M-5 -112 L-52 -14 H-5Z" fill="#f1f1f1"/></g>'
for x,y in[(480,90),(530,70),(590,110),(420,130)]: b+=f'<path d="M{x-16} {y} q8 -10 16 0 q8 -10 16 0" fill="none" stroke="#333" stroke-width="3"/>'
svg('harbour',grad('s','#ffd6a5','#fdffb6')+grad('m','#3a86ff','#1d3557'),b)
# birds on wires
b=f'<rect width="{W}" height="{H}" fill="url(#s)"/>'
for x in(90,880): b+=f'<rect x="{x-9}" y="90" width="18" height="550" fill="#5c4033"/><rect x="{x-62}" y="120" width="124" height="12" fill="#5c4033"/><rect x="{x-62}" y="190" width="124" height="12" fill="#5c4033"/>'
def wire(y): return lambda x: y+60*(1-((x-485)/395)**2)
for y in(120,190): b+=f'<path d="M90 {y} Q485 {y+120} 880 {y}" fill="none" stroke="#222" stroke-width="3"/>'
for x,y in[(220,120),(300,120),(352,120),(520,120),(700,120),(180,190),(410,190),(470,190),(600,190),(660,190),(790,190)]:
    cy=wire(y)(x); c=r.choice(['#1d3557','#343a40','#e63946'])
    b+=f'<g transform="translate({x} {cy:.0f})"><ellipse cy="-18" rx="13" ry="18" fill="{c}"/><circle cx="7" cy="-38" r="10" fill="{c}"/><path d="M16 -39 l12 3 l-12 4Z" fill="#f4a261"/><circle cx="9" cy="-40" r="2" fill="#fff"/><path d="M-10 -8 l-10 20 l14 -10Z" fill="{c}"/></g>'
b+='<path d="M0 560 H960 V640 H0Z" fill="#52796f"/>'+''.join(f'<path d="M{x} 560 l-16 -52 l-16 52Z" fill="#354f52"/>' for x in range(140,860,57))
svg('birds',grad('s','#cdb4db','#ffc8dd'),b)
# fruit bowl
b=f'<rect width="{W}" height="{H}" fill="#e0fbfc"/><rect y="430" width="{W}" height="210" fill="#c9ada7"/><path d="M0 430 H960" stroke="#9a8c98" stroke-width="6"/>'
def apple(x,y,c): return f'<circle cx="{x}" cy="{y}" r="56" fill="{c}"/><ellipse cx="{x-18}" cy="{y-20}" rx="12" ry="18" fill="#fff" opacity=".4"/><path d="M{x} {y-50} q4 -26 16 -30" stroke="#5c4033" stroke-width="6" fill="none"/><path d="M{x+6} {y-60} q26 -22 40 0 q-22 14 -40 0Z" fill="#52b788"/>'
b+=apple(360,330,'#d00000')+apple(600,330,'#80b918')+apple(480,290,'#d00000')+'<path d="M560 240 q120 20 150 150 q-16 12 -34 4 q-40 -98 -122 -128Z" fill="#ffd60a"/><path d="M600 230 q130 30 140 160 q-16 10 -32 0 q-34 -96 -116 -134Z" fill="#ffc300"/>'+apple(420,370,'#dc2f02')+apple(545,375,'#80b918')
for i in range(14): b+=f'<circle cx="{300+ (i%5)*24 + (i//5)*10}" cy="{360+(i//5)*20}" r="14" fill="#5a189a"/><circle cx="{296+(i%5)*24+(i//5)*10}" cy="{355+(i//5)*20}" r="4" fill="#fff" opacity=".5"/>'
b+='<path d="M240 390 H740 Q720 540 580 560 H400 Q260 540 240 390Z" fill="#457b9d"/><path d="M240 390 H740 l-6 30 H246Z" fill="#a8dadc"/><ellipse cx="490" cy="566" rx="150" ry="14" fill="#000" opacity=".2"/>'+apple(130,520,'#d00000')+apple(850,530,'#80b918')
svg('fruit','',b)
# street with signs
b=f'<rect width="{W}" height="{H}" fill="url(#s)"/>'
for i,(x,w,h,c,n) in enumerate([(0,190,330,'#bc6c25','BOOKS'),(190,170,260,'#606c38','BAKERY'),(360,210,380,'#6d597a','HOTEL'),(570,180,290,'#b56576','SHOES'),(750,210,350,'#355070','CINEMA')]):
    y=500-h; b+=f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{c}"/>'
    for wy in range(y+24,390,62):
        for wx in range(x+22,x+w-40,48): b+=f'<rect x="{wx}" y="{wy}" width="28" height="38" fill="{r.choice(["#ffe8a3","#22333b","#ffe8a3"])}"/>'
    b+=f'<rect x="{x+12}" y="402" width="{w-24}" height="34" fill="#fefae0"/><text x="{x+w/2}" y="428" font-family="Arial,sans-serif" font-weight="bold" font-size="25" text-anchor="middle" fill="#283618">{n}</text><rect x="{x+w/2-22}" y="440" width="44" height="60" fill="#3d2b1f"/>'
b+='<rect y="500" width="960" height="140" fill="#495057"/>'+''.join(f'<rect x="{x}" y="566" width="60" height="8" fill="#f8f9fa"/>' for x in range(10,960,110))
for x,c in[(130,'#e63946'),(420,'#ffb703'),(720,'#219ebc')]:
    b+=f'<g transform="translate({x} 590)"><path d="M-80 0 q2 -28 34 -30 l20 -26 h62 l22 28 q34 2 36 28Z" fill="{c}"/><path d="M-20 -30 l14 -18 h20 v18Z M20 -30 v-18 h16 l14 18Z" fill="#cfeffd"/><circle cx="-44" cy="2" r="17" fill="#222"/><circle cx="50" cy="2" r="17" fill="#222"/><circle cx="-44" cy="2" r="7" fill="#aaa"/><circle cx="50" cy="2" r="7" fill="#aaa"/></g>'
for x,c in[(250,'#d62828'),(300,'#003049'),(610,'#f77f00'),(880,'#2a9d8f')]:
    b+=f'<circle cx="{x}" cy="448" r="11" fill="#f1c27d"/><rect x="{x-11}" y="460" width="22" height="34" rx="8" fill="{c}"/><path d="M{x-5} 492 v24 M{x+5} 492 v24" stroke="#222" stroke-width="7"/>'
svg('street',grad('s','#14213d','#e07a5f'),b)
