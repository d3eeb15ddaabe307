import { text } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { intOf, type Value } from '../values';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = 'January February March April May June July August September October November December'.split(' ');

const padded = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill);

/** `time.strftime(format, tuple)` in the C locale; directives that depend on the zone are empty. */
export function strftime(py: Interpreter, format: Value, tuple: Value): string {
	const [year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0, weekday = 0, yearday = 1] = py
		.list(tuple)
		.map((value) => intOf(value) ?? 0);
	const half = hour % 12 === 0 ? 12 : hour % 12;
	const directive = (code: string): string => {
		switch (code) {
			case 'Y':
				return String(year);
			case 'y':
				return padded(year % 100);
			case 'm':
				return padded(month);
			case 'd':
				return padded(day);
			case 'e':
				return padded(day, 2, ' ');
			case 'H':
				return padded(hour);
			case 'I':
				return padded(half);
			case 'M':
				return padded(minute);
			case 'S':
				return padded(second);
			case 'p':
				return hour < 12 ? 'AM' : 'PM';
			case 'A':
				return days[weekday] ?? '';
			case 'a':
				return (days[weekday] ?? '').slice(0, 3);
			case 'B':
				return months[month - 1] ?? '';
			case 'b':
			case 'h':
				return (months[month - 1] ?? '').slice(0, 3);
			case 'j':
				return padded(yearday, 3);
			case 'w':
				return String((weekday + 1) % 7);
			case 'u':
				return String(weekday + 1);
			case 'U':
				return padded(Math.floor((yearday + 6 - ((weekday + 1) % 7)) / 7));
			case 'W':
				return padded(Math.floor((yearday + 6 - weekday) / 7));
			case 'F':
				return `${year}-${padded(month)}-${padded(day)}`;
			case 'T':
			case 'X':
				return `${padded(hour)}:${padded(minute)}:${padded(second)}`;
			case 'R':
				return `${padded(hour)}:${padded(minute)}`;
			case 'D':
			case 'x':
				return `${padded(month)}/${padded(day)}/${padded(year % 100)}`;
			case 'c':
				return `${directive('a')} ${directive('b')} ${padded(day, 2, ' ')} ${directive('T')} ${year}`;
			case 'n':
				return '\n';
			case 't':
				return '\t';
			case '%':
				return '%';
			case 'z':
			case 'Z':
				return '';
			default:
				return `%${code}`;
		}
	};
	return text(py, format).replace(/%([a-zA-Z%])/g, (_, code: string) => directive(code));
}
