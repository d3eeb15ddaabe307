def Timing(get_response):
    return get_response


class Quiet:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


class Metrics(Quiet):
    def process_view(self, request, view, args, kwargs):
        pass


class Plain(Quiet):
    pass


class Gold(Quiet):
    pass


class Silver(Quiet):
    pass


class Paid(Quiet):
    pass


class Tried(Quiet):
    pass


class Bare(Quiet):
    pass
