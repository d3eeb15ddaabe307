from django.shortcuts import render

from .basket import Basket, OutOfStock


class BasketMiddleware:
    """Gives each request its basket, each template response the number of books in it, and OutOfStock a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.basket = Basket(request.session)
        return self.get_response(request)

    def process_template_response(self, request, response):
        if response.context_data is not None:
            response.context_data.setdefault("basket_size", len(request.basket))
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, OutOfStock):
            return render(request, "orders/out_of_stock.html", {"problem": exception}, status=409)
        return None
