# since Python 3.14
from string.templatelib import Interpolation, Template, convert
x, w = 3, 5
made = [t'{ x }', t'{x = }', t'{ x !r}', t'{x=!r:>{w}}', t'{ x = :>4}', t'{"a" "b"}', t'{x,}', t'{{}}a{w:{x:d}}', t'', t'a' t'b{x}' t'{w}c', rt'\d{x}\n']
lines = t'''{
  x  # a comment
  + 1 !s}'''
parts = [list(one) for one in made], [one.strings for one in made], [one.values for one in made]
added = t'{x!r}' + t'c', t'a' + t'b{x}', (t'a' + t'{x}b').strings
built = Template('a', 'b', Interpolation(3, 'x'), Interpolation(4)), Interpolation(3, 'x', 'r', '>3'), Interpolation.__match_args__
same = Template is type(made[0]), Interpolation is type(made[0].interpolations[0]), t'a' == t'a', made[0].interpolations[0].expression, f"{t'a'}", bool(t'')
converted = convert('é', 'r'), convert('é', 'a'), convert(3, 's'), convert(3, None)
match made[3].interpolations[0]:
    case Interpolation(value, expression, conversion, format_spec):
        matched = value, expression, conversion, format_spec
def html(template):
    return ''.join(part if isinstance(part, str) else format(convert(part.value, part.conversion), part.format_spec).replace('<', '&lt;') for part in template)
name = '<b>'
rendered = html(t'<p>{name} {x:>4} {name!r}</p>')
try:
    t'a' + 'b'
except TypeError as e:
    refused = str(e)
try:
    t'{missing}'
except NameError as e:
    early = str(e)
for wrong in (lambda: Template(3), lambda: Interpolation(1, 'a', 'z'), lambda: t'a'.strings.append):
    try:
        wrong()
    except (TypeError, ValueError, AttributeError) as e:
        refused += '; ' + str(e)
try:
    raise KeyError(1)
except ValueError, KeyError:
    caught = 'without parentheses'
